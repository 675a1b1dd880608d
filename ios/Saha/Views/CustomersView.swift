import SahaApp
import SwiftUI

/// Customers, found as one types.
struct CustomersView: View {
    private let session: Session
    @State private var model: CustomersModel

    init(session: Session) {
        self.session = session
        _model = State(initialValue: session.customers())
    }

    var body: some View {
        List {
            Picker("customers.order", selection: $model.order) {
                Text("customers.all").tag(CustomersModel.Order.all)
                Text("customers.nearby").tag(CustomersModel.Order.nearby)
                Text("customers.due").tag(CustomersModel.Order.due)
            }
            .pickerStyle(.segmented)
            if model.lacksPlace {
                Text("customers.noplace").foregroundStyle(.secondary)
            }
            ForEach(model.rows) { row in
                Button {
                    model.open(row.id)
                } label: {
                    CustomerRowView(row: row)
                }.foregroundStyle(.primary)
            }
            if model.hasMore {
                ProgressView().onAppear(perform: model.more)
            }
        }
        .searchable(text: $model.text, prompt: Text("customers.search"))
        .navigationTitle("tab.customers")
        .toolbar {
            Button(action: model.add) { Label("customers.add", systemImage: "person.badge.plus") }
        }
        .task(id: "\(model.query) \(session.epoch)") { await model.run() }
        .tells(model.trouble)
    }
}
