import SwiftUI

/// The data can't be opened: the core's sentence, and another try.
struct FailedView: View {
    let sentence: String
    let again: () async -> Void

    var body: some View {
        ContentUnavailableView {
            Label("root.failed", systemImage: "lock.trianglebadge.exclamationmark")
        } description: {
            Text(sentence)
        } actions: {
            AsyncButton(action: again) { Text("root.again") }.buttonStyle(.borderedProminent)
        }
    }
}
