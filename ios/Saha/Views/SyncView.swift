import Saha
import SahaApp
import SwiftUI

/// What waits and why, and what was refused.
struct SyncView: View {
    private let session: Session
    @State private var model: SyncModel

    init(session: Session) {
        self.session = session
        _model = State(initialValue: session.changes())
    }

    var body: some View {
        List {
            Section {
                Text(model.diagnosis)
                if let last = model.lastSuccess { LabeledContent("sync.last", value: last) }
                if let since = model.figuresDifferSince { Text("sync.figures \(since)").foregroundStyle(.red) }
            }
            if !model.refused.isEmpty {
                Section("sync.refused") {
                    ForEach(model.refused, id: \.opId) { RefusedView(model: model, entry: $0) }
                }
            }
            if !model.overridden.isEmpty {
                Section("sync.overridden") {
                    ForEach(model.overridden, id: \.opId) { OverriddenView(model: model, edit: $0) }
                }
            }
            if !model.waiting.isEmpty {
                Section("sync.waiting") {
                    ForEach(model.waiting, id: \.opId) { entry in
                        LabeledContent(entry.title, value: model.moment(entry))
                    }
                }
            }
        }
        .navigationTitle("tab.sync")
        .refreshable { await model.syncNow() }
        .safeAreaInset(edge: .bottom) {
            AsyncButton(action: model.syncNow) {
                if session.sync.isRunning { ProgressView() } else { Text("sync.now") }
            }
            .buttonStyle(BottomButtonStyle())
        }
        .confirmationDialog("sync.dependants", isPresented: isAsked, titleVisibility: .visible, presenting: model.asked)
        {
            asked in
            AsyncButton(role: .destructive) {
                await model.withdraw(asked.entry, withDependants: true)
            } title: {
                Text("sync.withdraw.all \(asked.dependants)")
            }
        }
        .task(id: session.epoch) { await model.run() }
        .tells(model.trouble)
        .tells(session.sync.trouble)
    }

    private var isAsked: Binding<Bool> {
        Binding(get: { model.asked != nil }, set: { if !$0 { model.keep() } })
    }
}
