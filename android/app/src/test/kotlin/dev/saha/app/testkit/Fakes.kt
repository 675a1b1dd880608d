package dev.saha.app.testkit

import dev.saha.app.device.BackgroundKind
import dev.saha.app.device.BackgroundScheduler
import dev.saha.app.device.Camera
import dev.saha.app.device.KeyWrapper
import dev.saha.app.device.KeystoreWrapper
import dev.saha.app.device.NetworkState
import dev.saha.app.device.NetworkWatch
import dev.saha.app.device.PictureSource
import dev.saha.app.device.PlaceFinder
import dev.saha.domain.Location
import kotlinx.coroutines.flow.MutableStateFlow
import java.io.File
import javax.crypto.KeyGenerator
import kotlin.time.Duration

/** A place that a test sets. */
class FakePlaces : PlaceFinder {
    var place: Location? = null

    override suspend fun here(within: Duration): Location? = place
}

/** A camera that takes the picture of a test. */
class FakeCamera : Camera {
    var picture: ByteArray? = null

    /** The file that was given last. */
    var given: File? = null
        private set

    override suspend fun picture(from: PictureSource): File? {
        val bytes = picture ?: return null
        val file = File.createTempFile("picture", ".jpg").apply { writeBytes(bytes) }
        given = file
        return file
    }
}

/** A network that a test takes away and gives back. */
class FakeNetwork : NetworkWatch {
    override val states = MutableStateFlow(NetworkState(isReachable = true, isMetered = false))

    override val state: NetworkState get() = states.value

    fun become(isReachable: Boolean, isMetered: Boolean = false) {
        states.value = NetworkState(isReachable, isMetered)
    }
}

/** A system that writes down what it was asked for. */
class FakeBackground : BackgroundScheduler {
    /** Every wish, in order. */
    val wishes = mutableListOf<BackgroundKind>()

    override fun submit(kind: BackgroundKind) {
        wishes += kind
    }
}

/** A key in memory, used as the one in Android's Keystore is. */
class FakeKeys : KeyWrapper {
    private var key = newKey()

    /** What was sealed so far can't be opened any more. */
    fun lose() {
        key = newKey()
    }

    override fun seal(plain: ByteArray, label: ByteArray): ByteArray = KeystoreWrapper.sealWith(key, plain, label)

    override fun open(sealed: ByteArray, label: ByteArray): ByteArray? = KeystoreWrapper.openWith(key, sealed, label)

    private fun newKey() = KeyGenerator.getInstance("AES").apply { init(256) }.generateKey()
}
