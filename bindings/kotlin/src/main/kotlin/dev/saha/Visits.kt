package dev.saha

import dev.saha.core.Choice
import dev.saha.core.VisitEnd
import dev.saha.domain.CustomerId
import dev.saha.domain.Location
import dev.saha.domain.Visit
import dev.saha.domain.VisitId
import java.time.LocalDate
import dev.saha.core.Visits as Core

/**
 * Questions and wishes about visits: [Saha.visits].
 *
 * ```kotlin
 * val visit = saha.visits.checkIn(customer.id)
 * saha.visits.checkOut(visit.id, VisitEnd(outcome = "order", note = "Kapıcıya bırakıldı"))
 * ```
 */
public class Visits internal constructor(private val core: Core, private val runner: Runner) {
    /**
     * Starts a visit now. [location] is labelled with a geo verdict and never blocks. A visit that is still open is ended first,
     * marked as forced: nobody is in two shops.
     */
    public suspend fun checkIn(customer: CustomerId, location: Location? = null): Visit =
        runner.local { core.checkIn(customer, location) }

    /** Ends a visit now, with what came of it. It counts from then on. */
    public suspend fun checkOut(visit: VisitId, end: VisitEnd): Visit = runner.local { core.checkOut(visit, end) }

    /** Saves a corrected outcome or note of a visit that is over. */
    public suspend fun amend(visit: VisitId, outcome: String, note: String? = null): Visit =
        runner.local { core.amend(visit, outcome, note) }

    /** Takes a visit back: it no longer counts, and stays visible. */
    public suspend fun void(visit: VisitId): Visit = runner.local { core.void(visit) }

    /** What may come of a visit, as a picker shows it: the usual first. */
    public suspend fun outcomes(): List<Choice> = runner.local { core.outcomes() }

    /** The visit. `SahaException.NotFound` where it is not on this device. */
    public suspend fun get(id: VisitId): Visit = runner.local { core.get(id) }

    /** The rep's visit that has no end yet. */
    public suspend fun inProgress(): Visit? = runner.local { core.inProgress() }

    /** Visits of one local date, by anyone in sight, in order of time. At most [MAX_PAGE] a page. */
    public suspend fun listOn(date: LocalDate, limit: Int = DEFAULT_PAGE, offset: Int = 0): List<Visit> =
        runner.local { core.listOn(date, limit.toLong(), offset.toLong()) }

    /** Visits of a customer, newest first. At most [MAX_PAGE] a page. */
    public suspend fun listOf(customer: CustomerId, limit: Int = DEFAULT_PAGE, offset: Int = 0): List<Visit> =
        runner.local { core.listOf(customer, limit.toLong(), offset.toLong()) }
}
