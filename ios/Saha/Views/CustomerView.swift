import Saha
import SahaApp
import SwiftUI

/// A customer and his story.
struct CustomerView: View {
    private let session: Session
    @State private var model: CustomerModel
    @Environment(\.openURL) private var openURL

    init(session: Session, id: CustomerId) {
        self.session = session
        _model = State(initialValue: session.customer(id))
    }

    var body: some View {
        List {
            if let customer = model.customer {
                Section { CustomerFactsView(customer: customer, lang: session.lang) }
                Section {
                    Button {
                        if let url = model.call() { openURL(url) }
                    } label: {
                        Label("customer.call", systemImage: "phone")
                    }
                    if let coordinates = model.coordinates {
                        DirectionsButton(latitude: coordinates.latitude, longitude: coordinates.longitude)
                    }
                    Button(action: model.sell) { Label("customer.sell", systemImage: "cart") }
                    AsyncButton(action: model.plan) { Label("customer.plan", systemImage: "calendar.badge.plus") }
                }
            }
            Section("customer.story") {
                ForEach(model.story, id: \.activity.id) { entry in
                    Button {
                        model.open(entry)
                    } label: {
                        StoryView(entry: entry, lang: session.lang)
                    }
                    .foregroundStyle(.primary)
                }
                if model.hasMore {
                    ProgressView().onAppear(perform: model.more)
                }
            }
        }
        .navigationTitle(model.name)
        .navigationBarTitleDisplayMode(.inline)
        .toolbar { Button("customer.edit", action: model.edit) }
        .safeAreaInset(edge: .bottom) {
            AsyncButton(action: model.checkIn) { Text("visit.checkin") }.buttonStyle(BottomButtonStyle())
        }
        .overlay { if model.trouble.isBusy { PlaceProgressView() } }
        .task(id: model.query) { await model.run() }
        .tells(model.trouble)
    }
}
