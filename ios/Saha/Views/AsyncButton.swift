import SwiftUI

/// A button whose work takes a while.
struct AsyncButton<Title: View>: View {
    var role: ButtonRole?
    let action: () async -> Void
    @ViewBuilder let title: () -> Title

    var body: some View {
        Button(role: role) {
            Task { await action() }
        } label: {
            title()
        }
    }
}
