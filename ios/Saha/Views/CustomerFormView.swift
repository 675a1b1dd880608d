import Saha
import SahaApp
import SwiftUI

/// A new prospect, or a customer's own data.
struct CustomerFormView: View {
    @State private var model: CustomerFormModel

    init(session: Session, id: CustomerId?) {
        _model = State(initialValue: session.form(id))
    }

    var body: some View {
        Form {
            TextField("form.name", text: $model.draft.name).textContentType(.organizationName)
            TextField("form.taxno", text: $model.draft.taxNo).keyboardType(.numberPad)
            TextField("form.phone", text: $model.draft.phone).textContentType(.telephoneNumber).keyboardType(.phonePad)
            TextField("form.district", text: $model.draft.district)
            TextField("form.address", text: $model.draft.address, axis: .vertical).textContentType(.fullStreetAddress)
            TextField("form.note", text: $model.draft.note, axis: .vertical)
        }
        .navigationTitle(model.isNew ? Text("form.new") : Text("form.edit"))
        .toolbar { Button("form.forget", role: .destructive, action: model.forget) }
        .safeAreaInset(edge: .bottom) {
            AsyncButton(action: model.save) { Text("form.save") }
                .buttonStyle(BottomButtonStyle())
                .disabled(!model.canSave)
        }
        .task { await model.run() }
        .tells(model.trouble)
    }
}
