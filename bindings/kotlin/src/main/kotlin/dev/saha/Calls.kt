package dev.saha

import dev.saha.core.Choice
import dev.saha.core.NewCall
import dev.saha.domain.Call
import dev.saha.domain.CallDisposition
import dev.saha.domain.CallId
import dev.saha.domain.CustomerId
import java.time.LocalDate
import dev.saha.core.Calls as Core

/**
 * Questions and wishes about calls: [Saha.calls].
 *
 * ```kotlin
 * saha.calls.log(NewCall(customer.id, CallDisposition.CONNECTED, CallDirection.OUTGOING, durationS = 90))
 * ```
 */
public class Calls internal constructor(private val core: Core, private val runner: Runner) {
    /** Logs a call that is over, as of now. It counts from then on. */
    public suspend fun log(call: NewCall): Call = runner.local { core.log(call) }

    /**
     * Corrects one of the rep's own calls: how it ended, how long it took, seconds, and what came of it. Where it was refused, this
     * repairs it.
     */
    public suspend fun amend(
        call: CallId,
        disposition: CallDisposition,
        durationS: Long,
        outcome: String?,
        note: String?,
    ): Call = runner.local { core.amend(call, disposition, durationS, outcome, note) }

    /** Deletes one of the rep's own calls: it was logged by mistake. */
    public suspend fun delete(id: CallId): Unit = runner.local { core.delete(id) }

    /** What may come of a call, as a picker shows it: the usual first. */
    public suspend fun outcomes(): List<Choice> = runner.local { core.outcomes() }

    /** How a call may end, as a picker shows it; each says its own name: `disposition.text(lang)`. */
    public suspend fun dispositions(): List<CallDisposition> = runner.local { core.dispositions() }

    /** The call. `SahaException.NotFound` where it is not on this device. */
    public suspend fun get(id: CallId): Call = runner.local { core.get(id) }

    /** Calls of one local date, by anyone in sight, in order of time. At most [MAX_PAGE] a page. */
    public suspend fun listOn(date: LocalDate, limit: Int = DEFAULT_PAGE, offset: Int = 0): List<Call> =
        runner.local { core.listOn(date, limit.toLong(), offset.toLong()) }

    /** Calls with a customer, newest first. At most [MAX_PAGE] a page. */
    public suspend fun listOf(customer: CustomerId, limit: Int = DEFAULT_PAGE, offset: Int = 0): List<Call> =
        runner.local { core.listOf(customer, limit.toLong(), offset.toLong()) }
}
