package dev.saha

import dev.saha.core.NewPhoto
import dev.saha.core.PhotoFile
import dev.saha.domain.Photo
import dev.saha.domain.PhotoId
import dev.saha.domain.PhotoPurpose
import dev.saha.domain.VisitId
import java.io.File
import dev.saha.core.Photos as Core

/**
 * Questions and wishes about photos: [Saha.photos]. What is attached is kept at once and sent when there is time for it: with a
 * sync, after everything else.
 *
 * ```kotlin
 * saha.photos.attach(visit.id, NewPhoto(path = shot.path, purpose = PhotoPurpose.SHELF))
 * ```
 */
public class Photos internal constructor(private val core: Core, private val runner: Runner) {
    /**
     * Adds a photo to one of the rep's own visits. File and record are durable when it returns. The same picture is kept once,
     * however often it is attached.
     */
    public suspend fun attach(visit: VisitId, photo: NewPhoto): Photo = runner.local { core.attach(visit, photo) }

    /** Saves a corrected purpose and note of one of the rep's own photos. */
    public suspend fun edit(id: PhotoId, purpose: PhotoPurpose, note: String? = null): Photo =
        runner.local { core.edit(id, purpose, note) }

    /** Deletes one of the rep's own photos. Its file goes with it, here and at the company, unless another photo is the same. */
    public suspend fun delete(id: PhotoId): Unit = runner.local { core.delete(id) }

    /** What a photo may be of, as a picker shows it; each says its own name: `purpose.text(lang)`. */
    public suspend fun purposes(): List<PhotoPurpose> = runner.local { core.purposes() }

    /** The photo. `SahaException.NotFound` where it is not on this device. */
    public suspend fun get(id: PhotoId): Photo = runner.local { core.get(id) }

    /** Photos of a visit, by anyone in sight, in order of time. At most [MAX_PAGE] a page. */
    public suspend fun listOf(visit: VisitId, limit: Int = DEFAULT_PAGE, offset: Int = 0): List<Photo> =
        runner.local { core.listOf(visit, limit.toLong(), offset.toLong()) }

    /** Where the file of a photo is. Local and fast. */
    public suspend fun file(id: PhotoId): PhotoFile = runner.local { core.file(id) }

    /**
     * Fetches the file of a photo from the company, from where an earlier try left off, and gives it as it lies on this device.
     * `SahaException.ServerRefused` with `not_found` while whoever took the photo has not sent the file. Cancelling stops it.
     */
    public suspend fun fetch(id: PhotoId): File = File(runner.remote { core.fetch(id) })
}
