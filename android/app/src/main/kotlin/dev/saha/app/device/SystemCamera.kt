package dev.saha.app.device

import android.content.Context
import android.content.Intent
import android.graphics.Bitmap
import android.graphics.BitmapFactory
import android.graphics.Matrix
import android.media.ExifInterface
import android.net.Uri
import androidx.activity.ComponentActivity
import androidx.activity.result.PickVisualMediaRequest
import androidx.activity.result.contract.ActivityResultContract
import androidx.activity.result.contract.ActivityResultContracts.PickVisualMedia
import androidx.activity.result.contract.ActivityResultContracts.PickVisualMedia.ImageOnly
import androidx.activity.result.contract.ActivityResultContracts.TakePicture
import androidx.core.content.FileProvider
import androidx.core.net.toUri
import kotlinx.coroutines.Dispatchers
import kotlinx.coroutines.NonCancellable
import kotlinx.coroutines.flow.Flow
import kotlinx.coroutines.flow.mapNotNull
import kotlinx.coroutines.flow.merge
import kotlinx.coroutines.withContext
import java.io.File
import java.io.IOException
import java.util.UUID

/** The system's camera app and its picker: neither wants a permission. */
class SystemCamera(
    private val context: Context,
) : Camera {
    private val take = Question("saha.take", TakePicture())
    private val pick = Question("saha.pick", NullablePick())
    private val folder = context.cacheDir.resolve("pictures")

    /** Where the camera puts its picture: in the same place always, so that the next process knows it too. */
    private val raw = folder.resolve("taking.jpg")

    /** May ask from this activity on. */
    fun attach(activity: ComponentActivity) {
        take.attach(activity)
        pick.attach(activity)
    }

    override suspend fun picture(from: PictureSource): File? = when (from) {
        PictureSource.CAMERA -> taken()
        PictureSource.LIBRARY -> pick.ask(PickVisualMediaRequest(ImageOnly))?.uri?.let { small(it) }
    }

    override val late: Flow<File> = merge(
        take.late.mapNotNull { isTaken -> if (isTaken) smallOf(raw) else null },
        pick.late.mapNotNull { picked -> picked.uri?.let { small(it) } },
    )

    private suspend fun taken(): File? {
        val uri = FileProvider.getUriForFile(context, "${context.packageName}.files", raw)
        val isReady = withContext(Dispatchers.IO) { folder.isDirectory || folder.mkdirs() }
        return if (isReady && take.ask(uri) == true) smallOf(raw) else null
    }

    /** The same of a file, which goes. */
    private suspend fun smallOf(file: File): File? = small(file.toUri()).also {
        withContext(NonCancellable + Dispatchers.IO) { file.delete() }
    }

    /** A picture as a file of some hundred kilobytes, upright: what a mobile network carries. */
    private suspend fun small(uri: Uri): File? = withContext(Dispatchers.IO) {
        try {
            val picture = upright(uri) ?: return@withContext null
            if (!folder.isDirectory && !folder.mkdirs()) throw IOException("no folder for pictures can be made")
            val file = folder.resolve("${UUID.randomUUID()}.jpg")
            file.also { file.outputStream().use { picture.compress(Bitmap.CompressFormat.JPEG, QUALITY, it) } }
        } catch (_: IOException) {
            null
        } catch (_: SecurityException) {
            // Whoever lent it took it back.
            null
        }
    }

    private fun upright(uri: Uri): Bitmap? {
        val size = BitmapFactory.Options().apply { inJustDecodeBounds = true }
        read(uri, size)
        val options = BitmapFactory.Options().apply { inSampleSize = sampleSize(size.outWidth, size.outHeight) }
        val picture = read(uri, options) ?: return null
        val turned = Matrix().apply { postRotate(degrees(uri)) }
        val scale = (LONGEST.toFloat() / maxOf(picture.width, picture.height)).coerceAtMost(1f)
        turned.postScale(scale, scale)
        return Bitmap.createBitmap(picture, 0, 0, picture.width, picture.height, turned, true)
    }

    private fun read(uri: Uri, options: BitmapFactory.Options): Bitmap? =
        context.contentResolver.openInputStream(uri)?.use { BitmapFactory.decodeStream(it, null, options) }

    private fun degrees(uri: Uri): Float = context.contentResolver.openInputStream(uri)?.use { stream ->
        when (ExifInterface(stream).getAttributeInt(ExifInterface.TAG_ORIENTATION, ExifInterface.ORIENTATION_NORMAL)) {
            ExifInterface.ORIENTATION_ROTATE_90 -> 90f
            ExifInterface.ORIENTATION_ROTATE_180 -> 180f
            ExifInterface.ORIENTATION_ROTATE_270 -> 270f
            else -> 0f
        }
    } ?: 0f

    companion object {
        private const val LONGEST = 2_048
        private const val QUALITY = 80

        /** Reads every second, fourth, … pixel, for as long as enough are left: a whole one may not fit into memory. */
        fun sampleSize(width: Int, height: Int): Int =
            generateSequence(1) { it * 2 }.takeWhile { maxOf(width, height) / it >= LONGEST }.lastOrNull() ?: 1
    }
}

/** What was picked; nothing where the rep thought better of it. */
class Picked(
    val uri: Uri?,
)

/** The system's picker, whose answer may be nothing. */
private class NullablePick : ActivityResultContract<PickVisualMediaRequest, Picked>() {
    private val pick = PickVisualMedia()

    override fun createIntent(context: Context, input: PickVisualMediaRequest) = pick.createIntent(context, input)

    override fun parseResult(resultCode: Int, intent: Intent?) = Picked(pick.parseResult(resultCode, intent))
}
