import SahaApp
import SwiftUI

/// Every target.
struct TargetsView: View {
    private let session: Session
    @State private var model: TargetsModel

    init(session: Session) {
        self.session = session
        _model = State(initialValue: session.targets())
    }

    var body: some View {
        List {
            if let targets = model.targets {
                ForEach(targets) { card in
                    Button {
                        model.open(card.id)
                    } label: {
                        TargetCardView(card: card)
                    }
                    .foregroundStyle(.primary)
                    .accessibilityHint("targets.open")
                }
                if targets.isEmpty { Text("targets.none").foregroundStyle(.secondary) }
            } else {
                ProgressView()
            }
        }
        .navigationTitle("tab.targets")
        .task(id: session.epoch) { await model.run() }
        .tells(model.trouble)
    }
}
