import SahaApp
import SwiftUI

/// A line of a sale: the product, how much of it, at which price, and what that comes to.
struct LineView: View {
    let line: LineDraft
    let price: String
    let net: String?
    let setAmount: (Decimal) -> Void
    let setPrice: (Decimal) -> Void

    var body: some View {
        VStack(alignment: .leading) {
            Text(line.name).font(.headline)
            LabeledContent(price, value: net ?? "").foregroundStyle(.secondary)
            ViewThatFits(in: .horizontal) {
                HStack { fields }
                VStack(alignment: .leading) { fields }
            }
        }
    }

    @ViewBuilder private var fields: some View {
        HStack {
            number("sale.quantity", Binding(get: { line.amount }, set: setAmount))
                .accessibilityLabel("sale.quantity.of \(line.name)")
            Text(line.unit)
        }
        number("sale.price", Binding(get: { line.unitPrice }, set: setPrice))
            .accessibilityLabel("sale.price.of \(line.name)")
    }

    private func number(_ title: LocalizedStringKey, _ typed: Binding<Decimal>) -> some View {
        TextField(title, value: typed, format: .number)
            .keyboardType(.decimalPad)
            .multilineTextAlignment(.trailing)
            .frame(minWidth: 60, maxWidth: 120, minHeight: 44)
    }
}
