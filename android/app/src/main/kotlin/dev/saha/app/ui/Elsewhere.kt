package dev.saha.app.ui

import android.content.ActivityNotFoundException
import android.content.Context
import android.content.Intent
import android.net.Uri
import android.provider.Settings
import androidx.core.content.FileProvider
import androidx.core.net.toUri
import dev.saha.domain.GeoPoint
import java.io.File
import java.util.Locale

// What other apps of the phone do for this one.

/** Opens the phone's own dialler: the rep presses the button there. */
fun Context.dial(number: String) = open(Intent(Intent.ACTION_DIAL, Uri.fromParts("tel", number, null)))

/** Opens the map that the rep likes, at a place with a name. */
fun Context.showWay(place: GeoPoint, name: String) {
    val point = String.format(Locale.ROOT, "%.7f,%.7f", place.latE7 / DEGREE, place.lonE7 / DEGREE)
    open(Intent(Intent.ACTION_VIEW, "geo:$point?q=$point(${Uri.encode(name)})".toUri()))
}

/** Opens what the system lets one set for this app: its language and what it may use. */
fun Context.showAppSettings() = open(Intent(Settings.ACTION_APPLICATION_DETAILS_SETTINGS, Uri.fromParts("package", packageName, null)))

/** Gives a file to whatever app the rep chooses. */
fun Context.share(file: File) {
    val uri = FileProvider.getUriForFile(this, "$packageName.files", file)
    val send = Intent(Intent.ACTION_SEND)
        .setType("application/json")
        .putExtra(Intent.EXTRA_STREAM, uri)
        .addFlags(Intent.FLAG_GRANT_READ_URI_PERMISSION)
    startActivity(Intent.createChooser(send, null))
}

/** Where no app can do it, the system's own list says so. */
private fun Context.open(intent: Intent) = try {
    startActivity(intent)
} catch (_: ActivityNotFoundException) {
    startActivity(Intent.createChooser(intent, null))
}

private const val DEGREE = 1e7
