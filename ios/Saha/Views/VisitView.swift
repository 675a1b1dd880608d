import Saha
import SahaApp
import SwiftUI

/// A visit.
struct VisitView: View {
    @State private var model: VisitModel
    @State private var isTakingBack = false

    init(session: Session, id: VisitId) {
        _model = State(initialValue: session.visit(id))
    }

    var body: some View {
        List {
            if let visit = model.visit {
                Section {
                    LabeledContent("visit.since", value: visit.checkIn.date, format: .dateTime.hour().minute())
                    LabeledContent("visit.verdict", value: model.verdict)
                }
            }
            if model.isOpen || model.isOver {
                Section("visit.note") {
                    TextField("visit.note.prompt", text: $model.note, axis: .vertical)
                }
                PhotosSection(model: model)
            }
            SalesSection(model: model)
            if model.isOver || model.isOpen {
                Section("visit.outcome") { OutcomesView(outcomes: model.outcomes, choose: model.choose) }
            }
        }
        .navigationTitle(model.name)
        .navigationBarTitleDisplayMode(.inline)
        .toolbar { Button("visit.takeback", role: .destructive) { isTakingBack = true } }
        .confirmationDialog("visit.takeback.sure", isPresented: $isTakingBack, titleVisibility: .visible) {
            AsyncButton(role: .destructive, action: model.takeBack) { Text("visit.takeback") }
        }
        .disabled(model.trouble.isBusy)
        .task { await model.run() }
        .tells(model.trouble)
    }
}
