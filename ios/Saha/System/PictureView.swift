import PhotosUI
import SahaApp
import SwiftUI
import UniformTypeIdentifiers

/// The system's camera, or its library of pictures.
struct PictureView: UIViewControllerRepresentable {
    let source: PictureSource
    let done: @MainActor (UIImage?) -> Void

    func makeUIViewController(context: Context) -> UIViewController {
        switch source {
        case .camera:
            let camera = UIImagePickerController()
            camera.sourceType = .camera
            camera.delegate = context.coordinator
            return camera
        case .library:
            var wanted = PHPickerConfiguration()
            wanted.filter = .images
            let library = PHPickerViewController(configuration: wanted)
            library.delegate = context.coordinator
            return library
        }
    }

    func updateUIViewController(_ controller: UIViewController, context: Context) {}

    func makeCoordinator() -> Coordinator {
        Coordinator(done: done)
    }

    /// Hears what the rep did.
    @MainActor
    final class Coordinator: NSObject, UIImagePickerControllerDelegate, UINavigationControllerDelegate,
        PHPickerViewControllerDelegate
    {
        private let done: @MainActor (UIImage?) -> Void

        init(done: @escaping @MainActor (UIImage?) -> Void) {
            self.done = done
        }

        func imagePickerController(
            _ picker: UIImagePickerController,
            didFinishPickingMediaWithInfo info: [UIImagePickerController.InfoKey: Any]
        ) {
            done(info[.originalImage] as? UIImage)
        }

        func imagePickerControllerDidCancel(_ picker: UIImagePickerController) {
            done(nil)
        }

        func picker(_ picker: PHPickerViewController, didFinishPicking results: [PHPickerResult]) {
            guard let provider = results.first?.itemProvider else { return done(nil) }
            let done = done
            _ = provider.loadDataRepresentation(for: .image) { data, _ in
                let image = data.flatMap { UIImage(data: $0) }
                Task { @MainActor in done(image) }
            }
        }
    }
}
