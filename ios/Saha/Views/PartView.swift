import SahaApp
import SwiftUI

/// A part of the app: its first screen, and what lies over it.
struct PartView<First: View>: View {
    let session: Session
    let tab: Navigation.Tab
    @ViewBuilder let first: () -> First

    var body: some View {
        let navigation = session.navigation
        NavigationStack(path: Binding(get: { navigation[tab] }, set: { navigation[tab] = $0 })) {
            first().navigationDestination(for: Navigation.Route.self) { route in
                RouteView(session: session, route: route).id(route)
            }
        }
    }
}
