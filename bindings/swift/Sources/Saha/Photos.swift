import Foundation
import SahaBindings

/// Questions and wishes about photos of visits: `saha.photos`. What is attached is kept at once and sent when there is time for
/// it: with a sync, after everything else.
public struct Photos: Sendable {
    let door: Door<PhotosHandle>

    /// Adds a photo to one of the rep's own visits. File and record are durable when it returns, and the camera's file may be
    /// deleted. The same picture is kept once, however often it is attached.
    ///
    /// ```swift
    /// try await saha.photos.attach(NewPhoto(path: picture.path, purpose: .shelf), to: visit.id)
    /// ```
    @discardableResult
    public func attach(_ photo: NewPhoto, to visit: VisitId) async throws(SahaError) -> Photo {
        try await door.local { try $0.attach(visit: visit, photo: photo) }
    }

    /// Saves a corrected purpose and note of one of the rep's own photos.
    @discardableResult
    public func edit(_ id: PhotoId, purpose: PhotoPurpose, note: String?) async throws(SahaError) -> Photo {
        try await door.local { try $0.edit(id: id, purpose: purpose, note: note) }
    }

    /// Deletes one of the rep's own photos. Its file goes with it, here and at the company, unless another photo is the same.
    public func delete(_ id: PhotoId) async throws(SahaError) {
        try await door.local { try $0.delete(id: id) }
    }

    /// What a photo may be of, as a picker shows it; each says its own name: `purpose.text(lang: .tr)`.
    public func purposes() async throws(SahaError) -> [PhotoPurpose] {
        try await door.local { try $0.purposes() }
    }

    /// The photo.
    ///
    /// - Throws: ``SahaError/NotFound(kind:id:)`` where it is not on this device.
    public func get(_ id: PhotoId) async throws(SahaError) -> Photo {
        try await door.local { try $0.get(id: id) }
    }

    /// Photos of a visit, by anyone in sight, in order of time. At most 200 a page.
    public func list(of visit: VisitId, limit: Int = 200, offset: Int = 0) async throws(SahaError) -> [Photo] {
        try await door.local { try $0.listOf(visit: visit, limit: Int64(limit), offset: Int64(offset)) }
    }

    /// Where the file of a photo is. Local and fast.
    public func file(of id: PhotoId) async throws(SahaError) -> PhotoFile {
        try await door.local { try $0.file(id: id) }
    }

    /// Fetches the file of a photo from the company, from where an earlier try left off. Cancelling the task stops it.
    ///
    /// - Returns: The file on this device.
    /// - Throws: ``SahaError/ServerRefused(code:)`` with `not_found` while whoever took the photo has not sent the file.
    public func fetch(_ id: PhotoId) async throws(SahaError) -> URL {
        let path = try await door.remote { try await $0.fetch(id: id, cancellation: $1) }
        return URL(fileURLWithPath: path)
    }
}
