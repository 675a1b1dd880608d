import SahaApp
import SwiftUI

/// What was sold at a visit, and the way to more.
struct SalesSection: View {
    let model: VisitModel

    var body: some View {
        Section("visit.sales") {
            ForEach(model.sales) { sale in
                Button {
                    model.open(sale.id)
                } label: {
                    LabeledContent(sale.number, value: sale.net)
                }
                .foregroundStyle(.primary)
            }
            if model.isOpen {
                Button(action: model.sell) { Label("visit.sell", systemImage: "cart.badge.plus") }
            }
        }
    }
}
