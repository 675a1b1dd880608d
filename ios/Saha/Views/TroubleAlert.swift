import SahaApp
import SwiftUI

/// Tells what went wrong, in the core's words.
struct TroubleAlert: ViewModifier {
    let trouble: Trouble

    func body(content: Content) -> some View {
        let isTold = Binding(get: { trouble.sentence != nil }, set: { if !$0 { trouble.dismiss() } })
        content.alert("trouble.title", isPresented: isTold) {
            Button("trouble.ok") { trouble.dismiss() }
        } message: {
            Text(trouble.sentence ?? "")
        }
    }
}

extension View {
    /// Tells what went wrong on a screen.
    func tells(_ trouble: Trouble) -> some View {
        modifier(TroubleAlert(trouble: trouble))
    }
}
