import SwiftUI

/// A visit is being begun: the phone looks where it is.
struct PlaceProgressView: View {
    var body: some View {
        ProgressView("visit.place")
            .padding()
            .background(.regularMaterial, in: .rect(cornerRadius: 14))
    }
}
