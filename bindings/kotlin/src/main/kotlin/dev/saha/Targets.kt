package dev.saha

import dev.saha.core.TargetRecord
import dev.saha.domain.Progress
import dev.saha.domain.TargetId
import java.time.Instant
import dev.saha.core.Targets as Core

/**
 * Questions about targets: [Saha.targets].
 *
 * ```kotlin
 * saha.live(Kind.TARGET, Kind.VISIT, Kind.CALL, Kind.SALE) { saha.targets.progress() }.collect(::show)
 * ```
 */
public class Targets internal constructor(private val core: Core, private val runner: Runner) {
    /**
     * Progress towards each of the rep's active targets, in the period that holds now: by metric, then day, week, month. Computed
     * from what is on the device, so it counts what the server does not have yet, and says how much that is.
     */
    public suspend fun progress(): List<Progress> = runner.local { core.progress() }

    /** As [progress], in the period that holds [asOf]: last month's, say. */
    public suspend fun progressAt(asOf: Instant): List<Progress> = runner.local { core.progressAt(asOf.toEpochMilli()) }

    /**
     * The records that the progress of a target rests on, in the period that holds now, newest first. Their values add up to its
     * `confirmed`, `waiting` and `rejected`, by their states. At most [MAX_PAGE] a page.
     */
    public suspend fun records(target: TargetId, limit: Int = DEFAULT_PAGE, offset: Int = 0): List<TargetRecord> =
        runner.local { core.records(target, limit.toLong(), offset.toLong()) }

    /** As [records], in the period that holds [asOf]. */
    public suspend fun recordsAt(
        target: TargetId,
        asOf: Instant,
        limit: Int = DEFAULT_PAGE,
        offset: Int = 0,
    ): List<TargetRecord> = runner.local { core.recordsAt(target, asOf.toEpochMilli(), limit.toLong(), offset.toLong()) }
}
