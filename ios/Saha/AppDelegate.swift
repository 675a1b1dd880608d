import SahaApp
import UIKit

/// Holds the app's model, and hands it the time that the system grants: what has to be there before any window is.
@MainActor final class AppDelegate: NSObject, UIApplicationDelegate {
    let camera = SystemCamera()
    private(set) lazy var app = AppModel(device: .system(camera: camera))

    func application(
        _ application: UIApplication, didFinishLaunchingWithOptions options: [UIApplication.LaunchOptionsKey: Any]?
    ) -> Bool {
        SystemBackground.register { task in
            Task { @MainActor in await self.app.carryOut(task) }
        }
        return true
    }

    func cameToFront() {
        Task { await app.cameToFront() }
    }

    func wentToBack() {
        let task = LeavingTime()
        Task { await app.carryOut(task) }
    }
}
