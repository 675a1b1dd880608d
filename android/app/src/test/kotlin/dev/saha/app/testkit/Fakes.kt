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
import kotlinx.coroutines.awaitCancellation
import kotlinx.coroutines.channels.Channel
import kotlinx.coroutines.flow.Flow
import kotlinx.coroutines.flow.MutableStateFlow
import kotlinx.coroutines.flow.receiveAsFlow
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

    /** Whether the rep is still looking through it: then nobody answers. */
    var isInFront = false

    private val unheard = Channel<File>(Channel.UNLIMITED)

    override val late: Flow<File> = unheard.receiveAsFlow()

    /** The file that was given last. */
    var given: File? = null
        private set

    override suspend fun picture(from: PictureSource): File? {
        if (isInFront) awaitCancellation()
        return made()
    }

    /** The rep is done, and whoever had asked is gone. */
    fun answerLate() {
        isInFront = false
        made()?.let(unheard::trySend)
    }

    private fun made(): File? = picture?.let { bytes ->
        File.createTempFile("picture", ".jpg").apply { writeBytes(bytes) }.also { given = it }
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
