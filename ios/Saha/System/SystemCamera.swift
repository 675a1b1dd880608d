import Observation
import SahaApp
import UIKit

/// The camera and the library: `RootView` shows them over whatever asked.
@MainActor @Observable final class SystemCamera: Camera {
    /// What is shown; none where nobody asked.
    private(set) var asked: PictureSource?
    @ObservationIgnored private var waiting: CheckedContinuation<URL?, Never>?

    func picture(from source: PictureSource) async -> URL? {
        finish(nil)
        // A simulator has no camera.
        let has = source == .library || UIImagePickerController.isSourceTypeAvailable(.camera)
        return await withCheckedContinuation { continuation in
            waiting = continuation
            asked = has ? source : .library
        }
    }

    /// The rep took a picture, or thought better of it.
    func finish(_ image: UIImage?) {
        asked = nil
        waiting?.resume(returning: image.flatMap(Self.write))
        waiting = nil
    }

    /// A picture as a file of some hundred kilobytes: what a mobile network carries.
    private static func write(_ image: UIImage) -> URL? {
        let file = FileManager.default.temporaryDirectory.appending(path: "\(UUID().uuidString).jpg")
        let largest = max(image.size.width, image.size.height)
        let scale = min(1, 2_048 / max(largest, 1))
        let size = CGSize(width: image.size.width * scale, height: image.size.height * scale)
        let format = UIGraphicsImageRendererFormat()
        format.scale = 1
        let data = UIGraphicsImageRenderer(size: size, format: format).jpegData(withCompressionQuality: 0.8) { _ in
            image.draw(in: CGRect(origin: .zero, size: size))
        }
        do {
            try data.write(to: file)
            return file
        } catch {
            return nil
        }
    }
}
