import SahaApp
import SwiftUI

/// What a sale comes to.
struct SumsView: View {
    let sums: SaleModel.Sums

    var body: some View {
        Section {
            LabeledContent("made.net", value: sums.net)
            LabeledContent("made.tax", value: sums.tax)
            LabeledContent("sale.total", value: sums.total).bold()
        }
    }
}
