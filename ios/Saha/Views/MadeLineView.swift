import SahaApp
import SwiftUI

/// A line of a sale that was made, and its correction.
struct MadeLineView: View {
    let line: MadeSaleModel.Line
    let canEdit: Bool
    let setAmount: (Decimal) async -> Void
    let setPrice: (Decimal) async -> Void

    var body: some View {
        VStack(alignment: .leading) {
            if let name = line.name { Text(name).font(.headline) } else { Text("made.unknown").font(.headline) }
            LabeledContent(line.quantity, value: line.net)
            Text(line.price).foregroundStyle(.secondary)
            if canEdit {
                CorrectionView(title: "sale.quantity", value: line.amount, save: setAmount)
                CorrectionView(title: "sale.price", value: line.unitPrice, save: setPrice)
            }
        }
    }
}
