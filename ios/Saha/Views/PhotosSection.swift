import SahaApp
import SwiftUI

/// Pictures of a visit, and the way to new ones.
struct PhotosSection: View {
    let model: VisitModel

    var body: some View {
        Section("visit.photos \(model.photos.count)") {
            ForEach(PictureSource.allCases, id: \.self) { source in
                Menu {
                    ForEach(model.purposes) { purpose in
                        Button(purpose.name) { Task { await model.picture(of: purpose.value, from: source) } }
                    }
                } label: {
                    switch source {
                    case .camera: Label("visit.camera", systemImage: "camera")
                    case .library: Label("visit.library", systemImage: "photo.on.rectangle")
                    }
                }
            }
        }
    }
}
