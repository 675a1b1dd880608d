import SahaApp
import SwiftUI

/// The parts of the app.
struct MainView: View {
    let session: Session

    var body: some View {
        @Bindable var navigation = session.navigation
        TabView(selection: $navigation.tab) {
            PartView(session: session, tab: .today) { TodayView(session: session) }
                .tabItem { Label("tab.today", systemImage: "sun.max") }
                .tag(Navigation.Tab.today)
            CustomersPartView(session: session)
                .tabItem { Label("tab.customers", systemImage: "person.2") }
                .tag(Navigation.Tab.customers)
            PartView(session: session, tab: .targets) { TargetsView(session: session) }
                .tabItem { Label("tab.targets", systemImage: "target") }
                .tag(Navigation.Tab.targets)
            PartView(session: session, tab: .sync) { SyncView(session: session) }
                .tabItem { Label("tab.sync", systemImage: "arrow.triangle.2.circlepath") }
                .badge(Int(session.status?.rejected ?? 0))
                .tag(Navigation.Tab.sync)
            PartView(session: session, tab: .settings) { SettingsView(session: session) }
                .tabItem { Label("tab.settings", systemImage: "gear") }
                .tag(Navigation.Tab.settings)
        }
        .safeAreaInset(edge: .top) { NoticeView(session: session) }
        .task { await session.run() }
    }
}
