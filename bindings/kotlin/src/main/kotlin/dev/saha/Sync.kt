package dev.saha

import dev.saha.core.SyncBudget
import dev.saha.core.SyncDiagnosis
import dev.saha.core.SyncReport
import dev.saha.core.SyncStatus
import kotlinx.coroutines.flow.Flow
import dev.saha.core.Saha as Core

/**
 * Syncing: [Saha.sync].
 *
 * ```kotlin
 * try {
 *     saha.sync.run(SyncBudget(maxMs = 25_000))
 * } catch (offline: SahaException.Offline) {
 *     // Nothing is lost. saha.sync.diagnosis() says why in a sentence.
 * }
 * ```
 */
public class Sync internal constructor(private val saha: Core, private val runner: Runner) {
    private val core = saha.sync()

    /**
     * Sends what waits and fetches what is new, until nothing is left, the network fails for good or the [budget] ends. What was
     * exchanged by then is saved in each case.
     *
     * One sync runs at a time. It may be asked for at any moment and by anyone: everyone who asks for the same while one is under
     * way is served by one further sync. Cancelling the coroutine takes back this caller's wish; the sync stops at its next safe
     * point when nobody else waits for it.
     *
     * On a device that the office revoked it only sends; once nothing is left that can be sent, **everything on the device is
     * erased**. It then says `SahaException.SignInRefused` with `device_revoked`.
     */
    public suspend fun run(budget: SyncBudget = SyncBudget()): SyncReport = runner.remote { core.run(budget) }

    /** Stops every sync that was asked for so far, by anyone, at its next safe point. They say `SahaException.Cancelled`. */
    public fun cancel(): Unit = saying { core.cancel() }

    /** Why the oldest change that waits still does, in one sentence for people. Asks the app's key store. */
    public suspend fun diagnosis(): SyncDiagnosis = runner.local { core.diagnosis() }

    /** How the phone stands towards the server. */
    public suspend fun status(): SyncStatus = runner.local { core.status() }

    /** [status], now and again whenever a change moves, or a sync begins or ends. See [Saha.live]. */
    public fun live(): Flow<SyncStatus> = saha.live(concerns = { _, outbox -> outbox }) { status() }
}
