package dev.saha.app.sync

import androidx.compose.runtime.getValue
import androidx.compose.runtime.mutableIntStateOf
import androidx.compose.runtime.setValue
import dev.saha.Saha
import dev.saha.app.app.Trouble
import dev.saha.app.app.orNull
import dev.saha.app.device.BackgroundKind
import dev.saha.app.device.Device
import dev.saha.core.SyncBudget
import dev.saha.core.SyncReport
import dev.saha.core.SyncStatus
import dev.saha.domain.SahaException
import kotlinx.coroutines.CoroutineScope
import kotlinx.coroutines.Job
import kotlinx.coroutines.coroutineScope
import kotlinx.coroutines.delay
import kotlinx.coroutines.launch
import java.time.Duration
import java.time.Instant

/** When the phone speaks to the company: as docs/syncing-from-an-app.md wants it. */
class SyncScheduler(
    private val saha: Saha,
    private val device: Device,
    private val sendsFilesOnMeteredNetworks: () -> Boolean,
) {
    private var running by mutableIntStateOf(0)
    private var waited = 0L
    private var retry: Job? = null

    /** Where what nobody waits for goes on, while the session is followed. */
    private var following: CoroutineScope? = null

    /** Whether a sync that somebody asked for is under way. */
    val isRunning: Boolean get() = running > 0

    /** How the last sync ended that a person asked for; nothing where it ended well. */
    val trouble = Trouble(device.lang)

    /** What is to be done where the company does not know this phone any more. */
    var onRefusal: suspend (SahaException) -> Unit = {}

    /** A person asked, so he is told how it ends. */
    suspend fun syncNow() {
        trouble.attempt { sync(SyncBudget()) }
    }

    /** There is a reason, and nobody waits. */
    suspend fun ask() {
        if (device.network.state.isReachable) orNull { sync(SyncBudget()) }
    }

    /** Asks at once, and whenever something was written or the network came back, for as long as the session is open. */
    suspend fun run() = coroutineScope {
        following = this
        device.background.submit(BackgroundKind.REFRESH)
        try {
            launch { ask() }
            launch { followNetwork() }
            Trouble(device.lang).follow(saha.sync.live()) { followWork(it) }
        } finally {
            following = null
            retry?.cancel()
        }
    }

    /**
     * Syncs in granted time, and says whether nothing is left to do. Time that ends early cancels this; what was exchanged by then
     * is saved.
     */
    suspend fun carryOut(kind: BackgroundKind): Boolean {
        if (isWorthIt(kind)) {
            val report = orNull { sync(SyncBudget(maxMs = GRANTED.toMillis(), isBackground = true)) }
            if (report?.isComplete != true) return false
        }
        // Whoever sent the rest: files that wait for another network are nobody else's to ask for.
        val filesWait = (orNull { saha.sync.status() }?.filesWaiting ?: 0) > 0
        if (filesWait) device.background.submit(BackgroundKind.FILES)
        // What was written meanwhile is not left to another time.
        return kind == BackgroundKind.REFRESH || !isWorthIt(kind)
    }

    /** What was sent meanwhile, by the app in front, is not sent again. */
    private suspend fun isWorthIt(kind: BackgroundKind): Boolean {
        val status = orNull { saha.sync.status() } ?: return true
        return when (kind) {
            BackgroundKind.REFRESH -> true
            BackgroundKind.SENDING -> status.waiting > 0 || status.accepted > 0
            BackgroundKind.FILES -> status.filesWaiting > 0
        }
    }

    /** A sync moves changes too. More of them than before there are only when the rep wrote or resent something. */
    private suspend fun followWork(status: SyncStatus) {
        val waiting = status.waiting + status.filesWaiting
        if (waiting > waited) {
            // Asked for before it is tried: a process that is killed in the middle has its next time.
            val wished = if (status.waiting > 0) BackgroundKind.SENDING else BackgroundKind.FILES
            device.background.submit(wished)
            following?.launch { ask() }
        }
        waited = waiting
    }

    private suspend fun followNetwork() {
        var wasReachable = true
        device.network.states.collect { state ->
            if (state.isReachable && !wasReachable) ask()
            wasReachable = state.isReachable
        }
    }

    private suspend fun sync(wish: SyncBudget): SyncReport {
        val isMetered = device.network.state.isMetered && !sendsFilesOnMeteredNetworks()
        running += 1
        try {
            return saha.sync.run(wish.copy(isMetered = isMetered)).also { retry?.cancel() }
        } catch (error: SahaException) {
            when (error) {
                is SahaException.NotSignedIn, is SahaException.SignInRefused -> onRefusal(error)
                is SahaException.Cancelled, is SahaException.Closed -> Unit
                else -> tryLater()
            }
            throw error
        } finally {
            running -= 1
        }
    }

    /** While the app is in front it is its own scheduler. */
    private suspend fun tryLater() {
        val next = orNull { saha.sync.status() }?.nextTryMs ?: return
        val pause = Duration.between(device.now(), Instant.ofEpochMilli(next)).coerceAtLeast(SHORTEST_PAUSE)
        retry?.cancel()
        retry = following?.launch {
            delay(pause.toMillis())
            // A sync that begins now may replace this wish, and must not be called off with it.
            following?.launch { ask() }
        }
    }

    companion object {
        /** WorkManager grants ten minutes; one is left for the last steps. */
        private val GRANTED: Duration = Duration.ofMinutes(9)
        private val SHORTEST_PAUSE: Duration = Duration.ofSeconds(1)
    }
}
