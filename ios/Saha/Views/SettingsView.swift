import SahaApp
import SwiftUI

/// Whose phone this is, what it may use, and the way out.
struct SettingsView: View {
    @State private var model: SettingsModel
    @State private var isLeaving = false
    @Environment(\.openURL) private var openURL

    init(session: Session) {
        _model = State(initialValue: session.settings())
    }

    var body: some View {
        Form {
            if let info = model.info {
                Section("settings.account") {
                    if let rep = info.rep { LabeledContent("settings.name", value: rep.name) }
                    if let login = info.login { LabeledContent("settings.login", value: login) }
                    if let server = info.server { LabeledContent("settings.server", value: server) }
                }
            }
            Section("settings.phone") {
                Toggle("settings.metered", isOn: $model.sendsFilesOnMeteredNetworks)
                Button("settings.language") {
                    if let url = URL(string: UIApplication.openSettingsURLString) { openURL(url) }
                }
            }
            Section("settings.data") {
                AsyncButton(action: model.export) { Text("settings.export") }
                if let file = model.exported {
                    ShareLink("settings.share", item: file)
                }
            }
            Section {
                Button("settings.signout", role: .destructive) { isLeaving = true }
                Button("settings.waits", action: model.showWhatWaits)
            }
        }
        .navigationTitle("tab.settings")
        .confirmationDialog("settings.signout.sure", isPresented: $isLeaving, titleVisibility: .visible) {
            AsyncButton(role: .destructive, action: model.signOut) { Text("settings.signout") }
        }
        .disabled(model.trouble.isBusy)
        .tells(model.trouble)
    }
}
