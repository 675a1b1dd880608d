import SahaApp
import SwiftUI

/// Customers: the list beside whoever is open where there is room, and under him where there is none.
struct CustomersPartView: View {
    let session: Session
    @Environment(\.horizontalSizeClass) private var width

    var body: some View {
        if width == .regular {
            NavigationSplitView {
                CustomersView(session: session)
            } detail: {
                PartView(session: session, tab: .customers) {
                    ContentUnavailableView("customers.nobody", systemImage: "person.crop.circle")
                }
            }
        } else {
            PartView(session: session, tab: .customers) { CustomersView(session: session) }
        }
    }
}
