import Saha
import SahaApp
import SwiftUI

/// A planned visit, to correct.
struct StopFormView: View {
    @State private var model: StopModel

    init(session: Session, item: PlanItemId) {
        _model = State(initialValue: session.stop(item))
    }

    var body: some View {
        Form {
            if let draft = Binding($model.draft) {
                DatePicker("stop.day", selection: draft.day, displayedComponents: .date)
                Stepper("stop.place \(draft.wrappedValue.sequence)", value: draft.sequence, in: 1...200)
                TextField("stop.note", text: draft.note, axis: .vertical)
            }
        }
        .navigationTitle(model.name)
        .navigationBarTitleDisplayMode(.inline)
        .toolbar { Button("form.forget", role: .destructive, action: model.forget) }
        .safeAreaInset(edge: .bottom) {
            AsyncButton(action: model.save) { Text("form.save") }.buttonStyle(BottomButtonStyle())
        }
        .disabled(model.draft == nil || model.trouble.isBusy)
        .task { await model.run() }
        .tells(model.trouble)
    }
}
