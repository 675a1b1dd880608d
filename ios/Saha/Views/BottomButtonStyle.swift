import SwiftUI

/// The one thing to do on a screen, where the thumb is.
struct BottomButtonStyle: ButtonStyle {
    @Environment(\.isEnabled) private var isEnabled

    func makeBody(configuration: Configuration) -> some View {
        configuration.label
            .font(.headline)
            .frame(maxWidth: .infinity, minHeight: 44)
            .padding(.vertical, 6)
            .background(isEnabled ? Color.accentColor : .gray, in: .rect(cornerRadius: 14))
            .foregroundStyle(.white)
            .opacity(configuration.isPressed ? 0.7 : 1)
            .padding(.horizontal)
            .padding(.bottom, 8)
    }
}
