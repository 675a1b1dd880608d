import CoreLocation
import Foundation
import Saha
import SahaApp

/// Core Location, asked once. The first question asks the rep whether the app may know; where he says no, visits have no place.
@MainActor final class SystemPlaces: NSObject, PlaceFinder, CLLocationManagerDelegate {
    private let manager = CLLocationManager()
    private var waiting: [UUID: CheckedContinuation<Location?, Never>] = [:]

    func here(within patience: Duration) async -> Location? {
        let id = UUID()
        let patient = Task {
            try await Task.sleep(for: patience)
            waiting.removeValue(forKey: id)?.resume(returning: nil)
        }
        defer { patient.cancel() }
        return await withCheckedContinuation { continuation in
            waiting[id] = continuation
            manager.delegate = self
            ask()
        }
    }

    private func ask() {
        switch manager.authorizationStatus {
        case .notDetermined: manager.requestWhenInUseAuthorization()
        case .authorizedAlways, .authorizedWhenInUse:
            manager.desiredAccuracy = kCLLocationAccuracyNearestTenMeters
            manager.requestLocation()
        default: answer(nil)
        }
    }

    private func answer(_ location: Location?) {
        let everybody = waiting.values
        waiting = [:]
        everybody.forEach { $0.resume(returning: location) }
    }

    nonisolated func locationManagerDidChangeAuthorization(_ manager: CLLocationManager) {
        Task { @MainActor in
            if !waiting.isEmpty { ask() }
        }
    }

    nonisolated func locationManager(_ manager: CLLocationManager, didUpdateLocations locations: [CLLocation]) {
        let found = locations.last.flatMap { Location($0) }
        Task { @MainActor in answer(found) }
    }

    nonisolated func locationManager(_ manager: CLLocationManager, didFailWithError error: any Error) {
        Task { @MainActor in answer(nil) }
    }
}

extension Location {
    /// What Core Location found; none where it says itself that it found nothing.
    fileprivate init?(_ found: CLLocation) {
        guard found.horizontalAccuracy >= 0 else { return nil }
        let degrees = { (value: Double) in Int32((value * 1e7).rounded()) }
        self.init(
            point: GeoPoint(latE7: degrees(found.coordinate.latitude), lonE7: degrees(found.coordinate.longitude)),
            accuracyM: Int32(found.horizontalAccuracy.rounded(.up)),
            fixAgeMs: Int64(max(0, -found.timestamp.timeIntervalSinceNow) * 1000), provider: "ios",
            mocked: found.sourceInformation?.isSimulatedBySoftware ?? false)
    }
}
