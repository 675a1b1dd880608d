package dev.saha.app.app

import androidx.compose.runtime.getValue
import androidx.compose.runtime.mutableIntStateOf
import androidx.compose.runtime.mutableStateOf
import androidx.compose.runtime.setValue
import dev.saha.Saha
import dev.saha.app.device.Device
import dev.saha.app.screens.SignInAgainModel
import dev.saha.app.sync.SyncScheduler
import dev.saha.core.AccountInfo
import dev.saha.core.SyncStatus
import dev.saha.domain.CustomerId
import dev.saha.domain.Lang
import dev.saha.domain.SahaException
import kotlinx.coroutines.NonCancellable
import kotlinx.coroutines.coroutineScope
import kotlinx.coroutines.launch
import kotlinx.coroutines.withContext
import kotlin.time.Duration.Companion.seconds

/** One rep's open core, and everything that his screens share. */
class Session(
    val saha: Saha,
    private val account: String,
    val device: Device,
    val keeper: Keeper,
) {
    private val models = mutableMapOf<Any, Any>()

    /** Where he is. */
    val navigation = Navigation(keeper.desk(account).place) { place ->
        keeper.arrange(account) { it.copy(place = place) }
        val open = place.paths.values.flatten().toSet()
        models.keys.retainAll { it !is Route || it in open }
    }

    /** When the phone speaks to the company. */
    val sync = SyncScheduler(saha, device) { keeper.memory.sendsFilesOnMeteredNetworks }

    /** How the phone stands towards the company; null until it was first asked. */
    var status by mutableStateOf<SyncStatus?>(null)
        private set

    /** Whose phone this is. */
    var info by mutableStateOf<AccountInfo?>(null)
        private set

    /** Signing in again, where the company wants it. */
    val signInAgain = SignInAgainModel(saha, device.lang)

    /** Rises whenever the screens have to ask anew because time went by: targets and plans are those of a day. */
    var epoch by mutableIntStateOf(0)
        private set

    /** Whether [run] goes on. */
    var isFollowed = false
        private set

    /** What is to be done when it is over, and the sentence that says why where nobody asked for it. */
    var onEnd: (String?) -> Unit = {}

    init {
        sync.onRefusal = ::wasRefused
        signInAgain.onSignedIn = {
            refreshInfo()
            sync.ask()
        }
    }

    /** The language in which the core speaks to him. */
    val lang: Lang get() = device.lang

    /** What the rep has begun to write. */
    var drafts: Drafts
        get() = keeper.desk(account).drafts
        set(value) = keeper.arrange(account) { it.copy(drafts = value) }

    /** The model of the screen at [place]: the same for as long as that screen is open, however often the activity is made anew. */
    @Suppress("UNCHECKED_CAST")
    fun <M : Any> model(place: Any, make: () -> M): M = models.getOrPut(place, make) as M

    /** What every screen follows, for as long as the session is open. */
    suspend fun run() {
        isFollowed = true
        try {
            refreshInfo()
            coroutineScope {
                launch { sync.run() }
                Trouble(lang).follow(saha.sync.live()) { show(it) }
            }
        } finally {
            isFollowed = false
        }
    }

    /** The app is in front of the rep again. */
    suspend fun cameToFront() {
        epoch += 1
        refreshInfo()
        sync.ask()
    }

    /** Whether the company wants his password again before it takes what waits. */
    val needsSignIn: Boolean get() = info?.isSignedIn == false

    /**
     * Ends the session. What he had begun to write goes; what he did is kept by the core, which refuses while the company lacks
     * any of it.
     */
    suspend fun signOut() {
        saha.account.signOut()
        end(sentence = null)
    }

    /** A visit at this customer, from now on, and its screen: where the phone is is said as far as it is known soon. */
    suspend fun checkIn(customer: CustomerId) {
        val place = device.places.here(within = CHECK_IN_PATIENCE)
        val visit = saha.visits.checkIn(customer, place)
        navigation.open(Route.Visit(visit.id))
    }

    /** Closes the core, so that it can be opened anew. */
    suspend fun close() {
        // Nobody could do anything about it.
        orNull { saha.shutdown() }
    }

    private suspend fun end(sentence: String?) = withContext(NonCancellable) {
        keeper.memory = keeper.memory.copy(account = null)
        keeper.arrange(account) { Desk() }
        close()
        onEnd(sentence)
    }

    private suspend fun show(status: SyncStatus) {
        this.status = status
        // His own name comes with the first sync.
        if (status.isComplete && info?.rep == null) refreshInfo()
    }

    private suspend fun refreshInfo() {
        orNull { saha.account.info() }?.let { info = it }
    }

    /** The company does not know this phone any more: either the rep signs in again, or everything was erased. */
    private suspend fun wasRefused(error: SahaException) {
        refreshInfo()
        if (error is SahaException.SignInRefused && info?.login == null) end(error.text(lang))
    }

    private companion object {
        val CHECK_IN_PATIENCE = 4.seconds
    }
}
