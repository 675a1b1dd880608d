import Saha
import SahaApp
import SwiftUI

/// A sale that is put together.
struct SaleView: View {
    @State private var model: SaleModel

    init(session: Session, customer: CustomerId, visit: VisitId?) {
        _model = State(initialValue: session.sale(customer, visit: visit))
    }

    var body: some View {
        List {
            Section("sale.lines") {
                ForEach(model.lines) { line in
                    LineView(line: line, price: model.price(of: line), net: model.net(of: line)) {
                        model.set($0, of: line.id)
                    } setPrice: {
                        model.set(price: $0, of: line.id)
                    }
                }
                if model.lines.isEmpty { Text("sale.empty").foregroundStyle(.secondary) }
                TextField("sale.note", text: $model.note, axis: .vertical)
            }
            if let objection = model.objection { Text(objection).foregroundStyle(.red) }
            if let sums = model.sums { SumsView(sums: sums) }
            Section("sale.products") {
                ForEach(model.products, id: \.id) { product in
                    Button {
                        model.add(product)
                    } label: {
                        LabeledContent(product.name, value: model.price(of: product)).frame(minHeight: 44)
                    }
                    .foregroundStyle(.primary)
                    .accessibilityHint("sale.add")
                }
            }
        }
        .searchable(text: $model.text, prompt: Text("sale.search"))
        .navigationTitle(model.name)
        .navigationBarTitleDisplayMode(.inline)
        .toolbar { Button("sale.forget", role: .destructive, action: model.forget) }
        .safeAreaInset(edge: .bottom) {
            AsyncButton(action: model.save) { Text("sale.save") }
                .buttonStyle(BottomButtonStyle())
                .disabled(!model.canSave)
        }
        .task { await model.run() }
        .task(id: model.query) { await model.search() }
        .task(id: model.lines) { await model.quote() }
        .tells(model.trouble)
    }
}
