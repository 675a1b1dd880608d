import Saha
import SahaApp
import SwiftUI

/// A target, and what its number rests on.
struct TargetView: View {
    private let session: Session
    @State private var model: TargetModel

    init(session: Session, id: TargetId) {
        self.session = session
        _model = State(initialValue: session.target(id))
    }

    var body: some View {
        List {
            if let card = model.card {
                TargetCardView(card: card)
                Section {
                    LabeledContent("targets.confirmed", value: card.parts.confirmed)
                    if let waiting = card.parts.waiting { LabeledContent("targets.waiting", value: waiting) }
                    if let refused = card.parts.refused { LabeledContent("targets.refused", value: refused) }
                }
            }
            Section("targets.records") {
                ForEach(model.rows) { row in
                    Button {
                        model.open(row)
                    } label: {
                        TargetRecordView(row: row)
                    }.foregroundStyle(.primary)
                }
                if model.rows.isEmpty { Text("targets.norecords").foregroundStyle(.secondary) }
                if model.hasMore {
                    ProgressView().onAppear(perform: model.more)
                }
            }
        }
        .navigationTitle(model.card?.title ?? "")
        .navigationBarTitleDisplayMode(.inline)
        .task(id: "\(model.query) \(session.epoch)") { await model.run() }
        .tells(model.trouble)
    }
}
