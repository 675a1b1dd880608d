import SahaApp
import SwiftUI

/// Today.
struct TodayView: View {
    private let session: Session
    @State private var model: TodayModel

    init(session: Session) {
        self.session = session
        _model = State(initialValue: session.today())
    }

    var body: some View {
        List {
            Section("today.targets") {
                if let targets = model.targets {
                    ForEach(targets) { TargetCardView(card: $0) }
                } else {
                    ProgressView()
                }
            }
            Section("today.stops") {
                ForEach(model.stops, id: \.item.id) { stop in
                    StopView(stop: stop, model: model, lang: session.lang)
                }
                if model.stops.isEmpty {
                    Text("today.nostops").foregroundStyle(.secondary)
                }
            }
            if !model.due.isEmpty {
                Section("customers.due") {
                    ForEach(model.due, id: \.customer.id) { DueView(due: $0, model: model) }
                }
            }
        }
        .navigationTitle("tab.today")
        .safeAreaInset(edge: .bottom) {
            if let open = model.open {
                Button(action: model.goOn) { Text("today.goon \(open.name)") }.buttonStyle(BottomButtonStyle())
            } else {
                Button {
                    session.navigation.tab = .customers
                } label: {
                    Text("today.log")
                }
                .buttonStyle(BottomButtonStyle())
            }
        }
        .overlay { if model.trouble.isBusy { PlaceProgressView() } }
        .task(id: session.epoch) { await model.run() }
        .tells(model.trouble)
    }
}
