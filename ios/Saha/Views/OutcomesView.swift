import Saha
import SwiftUI

/// What may come of a visit or a call: one tap each.
struct OutcomesView: View {
    let outcomes: [Choice]
    let choose: (Choice) async -> Void

    var body: some View {
        ForEach(outcomes, id: \.code) { outcome in
            AsyncButton {
                await choose(outcome)
            } title: {
                Text(outcome.name).frame(maxWidth: .infinity, minHeight: 44, alignment: .leading)
            }
        }
    }
}
