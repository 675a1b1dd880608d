import Saha
import SahaApp
import SwiftUI

/// A call that was logged, to correct.
struct LoggedCallView: View {
    @State private var model: LoggedCallModel

    init(session: Session, call: CallId) {
        _model = State(initialValue: session.logged(call))
    }

    var body: some View {
        Form {
            if let draft = Binding($model.draft) {
                Picker("call.disposition", selection: draft.disposition) {
                    ForEach(model.dispositions) { Text($0.name).tag($0.value) }
                }
                if model.isTalk {
                    Picker("call.outcome", selection: draft.outcome) {
                        Text("call.nothing").tag(String?.none)
                        ForEach(model.outcomes, id: \.code) { Text($0.name).tag(String?.some($0.code)) }
                    }
                }
                Stepper("call.minutes \(draft.wrappedValue.minutes)", value: draft.minutes, in: 0...600)
                TextField("call.note", text: draft.note, axis: .vertical)
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
