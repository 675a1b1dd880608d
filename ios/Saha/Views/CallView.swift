import Saha
import SahaApp
import SwiftUI

/// A call that is written down.
struct CallView: View {
    @State private var model: CallModel
    @Environment(\.scenePhase) private var phase

    init(session: Session, customer: CustomerId) {
        _model = State(initialValue: session.call(customer))
    }

    var body: some View {
        Form {
            Section {
                Picker("call.direction", selection: $model.direction) {
                    ForEach(model.directions) { Text($0.name).tag($0.value) }
                }
                Stepper("call.minutes \(model.minutes)", value: $model.minutes, in: 0...600)
                TextField("call.note", text: $model.note, axis: .vertical)
            }
            Section("call.talked") { OutcomesView(outcomes: model.outcomes, choose: model.choose) }
            Section("call.ended") {
                ForEach(model.dispositions) { disposition in
                    AsyncButton {
                        await model.end(disposition.value)
                    } title: {
                        Text(disposition.name).frame(maxWidth: .infinity, minHeight: 44, alignment: .leading)
                    }
                }
            }
        }
        .navigationTitle(model.name)
        .navigationBarTitleDisplayMode(.inline)
        .disabled(model.trouble.isBusy)
        .onChange(of: phase) { _, phase in if phase == .active { model.cameBack() } }
        .task { await model.run() }
        .tells(model.trouble)
    }
}
