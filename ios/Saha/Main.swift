import SahaApp
import SwiftUI

/// The app: one window on the models of `SahaApp`.
@main struct Main: App {
    @UIApplicationDelegateAdaptor private var delegate: AppDelegate
    @Environment(\.scenePhase) private var phase

    var body: some Scene {
        WindowGroup {
            RootView(app: delegate.app, camera: delegate.camera)
        }
        .onChange(of: phase) { _, phase in
            switch phase {
            case .active: delegate.cameToFront()
            case .background: delegate.wentToBack()
            default: break
            }
        }
    }
}
