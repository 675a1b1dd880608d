import SwiftUI

/// A number that may be corrected, and a button once it was.
struct CorrectionView: View {
    let title: LocalizedStringKey
    let value: Decimal
    let save: (Decimal) async -> Void
    @State private var typed: Decimal?

    var body: some View {
        HStack {
            TextField(title, value: $typed, format: .number).keyboardType(.decimalPad)
            if let typed, typed != value {
                AsyncButton {
                    await save(typed)
                    self.typed = nil
                } title: {
                    Text("form.save").frame(minHeight: 44)
                }
                .buttonStyle(.bordered)
            }
        }
    }
}
