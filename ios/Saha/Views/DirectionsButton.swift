import MapKit
import SwiftUI

/// The way there, in the system's map.
struct DirectionsButton: View {
    let latitude: Double
    let longitude: Double

    var body: some View {
        Button(action: open) { Label("customer.directions", systemImage: "map") }
    }

    private func open() {
        let place = MKPlacemark(coordinate: CLLocationCoordinate2D(latitude: latitude, longitude: longitude))
        MKMapItem(placemark: place).openInMaps(launchOptions: [
            MKLaunchOptionsDirectionsModeKey: MKLaunchOptionsDirectionsModeDriving
        ])
    }
}
