package dev.saha

import dev.saha.core.OutboxEntry
import dev.saha.core.OverriddenEdit
import dev.saha.domain.OpId
import kotlinx.coroutines.flow.Flow
import dev.saha.core.Saha as Core

/**
 * Changes on their way to the company: [Saha.outbox].
 *
 * ```kotlin
 * val refused = saha.outbox.list().filter { it.state == ChangeState.REJECTED }
 * refused.forEach { println("${it.title}: ${it.reason}") }
 * saha.outbox.resend(refused.first().opId)
 * ```
 */
public class Outbox internal constructor(private val saha: Core, private val runner: Runner) {
    private val core = saha.outbox()

    /** Everything that is not settled, in the order in which it was written. */
    public suspend fun list(): List<OutboxEntry> = runner.local { core.list() }

    /** [list], now and again whenever a change is written or moves. See [Saha.live]. */
    public fun live(): Flow<List<OutboxEntry>> = saha.live(concerns = { _, outbox -> outbox }) { list() }

    /** Sends a refused change again as it is, say after the office has removed the obstacle. It goes with the next sync. */
    public suspend fun resend(opId: OpId): Unit = runner.local { core.resend(opId) }

    /**
     * Takes a refused change back. Other unsent work that hangs on a withdrawn new record goes with it only when [withDependants]
     * says so; else this is `SahaException.UnsentWork` with their number, and nothing happens.
     */
    public suspend fun withdraw(opId: OpId, withDependants: Boolean = false): Unit =
        runner.local { core.withdraw(opId, withDependants) }

    /**
     * Ends a refused new record in favour of the one that stands in its way (`OutboxEntry.existing`): a prospect whom the company
     * knows already. Other unsent work that hangs on the refused record moves over and goes with the next sync; unsent edits of
     * the refused record itself are dropped with it. `SahaException.WrongState` where nothing stands in the way.
     */
    public suspend fun useExisting(opId: OpId): Unit = runner.local { core.useExisting(opId) }

    /**
     * Edits that lost to someone else's, in the order in which they were written, until they are dismissed or the company's backups
     * hold them (30 days as a rule).
     */
    public suspend fun listOverridden(): List<OverriddenEdit> = runner.local { core.listOverridden() }

    /** The rep has seen it. */
    public suspend fun dismissOverridden(opId: OpId): Unit = runner.local { core.dismissOverridden(opId) }
}
