import Foundation
import Saha
import SahaApp
import UIKit

extension Device {
    /// This phone.
    @MainActor static func system(camera: SystemCamera) -> Device {
        Device(
            folder: AppFolder.url, name: UIDevice.current.model, lang: Device.lang, secrets: KeychainSecretStore(),
            places: SystemPlaces(), camera: camera, network: SystemNetwork(), background: SystemBackground())
    }
}
