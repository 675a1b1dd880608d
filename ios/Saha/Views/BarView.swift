import SahaApp
import SwiftUI

/// A target's bar: what the company has, what it lacks, and where one would be by now. The numbers beside it say the same.
struct BarView: View {
    let bar: TargetCard.Bar

    var body: some View {
        GeometryReader { frame in
            let width = frame.size.width
            ZStack(alignment: .leading) {
                Rectangle().fill(.quaternary)
                HStack(spacing: 0) {
                    Rectangle().fill(.tint).frame(width: width * bar.confirmed)
                    Rectangle().fill(.tint.opacity(0.45)).frame(width: width * bar.waiting)
                }
                if let expected = bar.expected {
                    Rectangle().fill(.primary).frame(width: 2).offset(x: max(0, width * expected - 2))
                }
            }
            .clipShape(.capsule)
        }
        .frame(height: 10)
        .accessibilityHidden(true)
    }
}
