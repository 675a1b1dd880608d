package dev.saha.app.device

import dev.saha.Saha
import dev.saha.core.Config
import dev.saha.core.SecretStore
import dev.saha.core.TestClock
import dev.saha.domain.Lang
import dev.saha.domain.Location
import kotlinx.coroutines.flow.Flow
import java.io.File
import java.time.Instant
import kotlin.time.Duration

/** What only the phone has: the app gives it to the core, and tests give what they like. */
data class Device(
    /** Where the app keeps everything: in no backup. */
    val folder: File,
    /** Where files are put that the rep gives to others. The system may clear it. */
    val shared: File,
    /** What the office calls the installation. */
    val name: String,
    /** The language in which core and server speak to people. */
    val lang: Lang,
    /** Where tokens are kept. */
    val secrets: SecretStore,
    /** Where the phone is. */
    val places: PlaceFinder,
    /** The camera and the library of pictures. */
    val camera: Camera,
    /** Whether there is a network, and what it costs. */
    val network: NetworkWatch,
    /** Who grants time when the app is not in front. */
    val background: BackgroundScheduler,
    /** What time it is. */
    val now: () -> Instant = Instant::now,
    /** The clocks of a test; none in the app. */
    val clock: TestClock? = null,
) {
    /** Opens the core for one person's account on this phone. */
    suspend fun open(account: String): Saha {
        val config =
            Config(folder = folder.path, account = account, deviceName = name, platform = "android", lang = lang)
        return if (clock == null) Saha.open(config, secrets) else Saha.openWithClock(config, secrets, clock)
    }
}

/** Finds the place of the phone once. It follows nobody. */
fun interface PlaceFinder {
    /** Where the phone is, as far as that is known [within] that time; null where nobody may know, or nothing is found. */
    suspend fun here(within: Duration): Location?
}

/** Takes pictures. */
interface Camera {
    /** A picture as a file, which whoever asked may delete; null where the rep thought better of it. */
    suspend fun picture(from: PictureSource): File?

    /**
     * Pictures that nobody waits for any more: the system ended the process while the camera was in front. Each comes to one
     * collector, as a file that he may delete.
     */
    val late: Flow<File>
}

/** Where a picture comes from. */
enum class PictureSource {
    /** A new one. */
    CAMERA,

    /** One that was taken before. */
    LIBRARY,
}

/** Knows whether there is a network. */
interface NetworkWatch {
    /** How it stands. */
    val state: NetworkState

    /** How it stands, now and after each change. */
    val states: Flow<NetworkState>
}

/** How the phone is connected. */
data class NetworkState(
    /** Whether there is a network at all. */
    val isReachable: Boolean,
    /** Whether it costs money by the byte. */
    val isMetered: Boolean,
)
