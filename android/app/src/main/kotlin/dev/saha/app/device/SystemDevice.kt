package dev.saha.app.device

import android.content.Context
import android.os.Build
import androidx.activity.ComponentActivity
import dev.saha.app.sync.WorkScheduler
import dev.saha.domain.Lang

/** This phone: what it gives the app, and what of that needs an activity to ask the rep from. */
class SystemDevice(
    context: Context,
) {
    private val places = SystemPlaces(context)
    private val camera = SystemCamera(context)

    /** The phone, as the app sees it. */
    val device =
        Device(
            folder = context.noBackupFilesDir.resolve("saha"),
            shared = context.cacheDir.resolve("shared"),
            name = Build.MODEL,
            lang = langOf(context),
            secrets = SecretFiles(context.noBackupFilesDir.resolve("secrets"), KeystoreWrapper()),
            places = places,
            camera = camera,
            network = SystemNetwork(context),
            background = WorkScheduler(context),
        )

    /** Asks the rep from this activity on. To be called before it is started. */
    fun attach(activity: ComponentActivity) {
        places.attach(activity)
        camera.attach(activity)
    }

    companion object {
        /** The language of the texts that the app shows: Turkish where the system chose it for the app, else English. */
        fun langOf(context: Context): Lang = if (context.resources.configuration.locales[0].language == "tr") Lang.TR else Lang.EN
    }
}
