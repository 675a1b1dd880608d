package dev.saha

import dev.saha.core.NewPlanItem
import dev.saha.core.Stop
import dev.saha.domain.PlanItem
import dev.saha.domain.PlanItemId
import java.time.LocalDate
import dev.saha.core.Plan as Core

/**
 * Questions and wishes about the plan: [Saha.plan]. The company makes it, and a rep may add to it, change and take out for himself.
 *
 * ```kotlin
 * saha.live(Kind.PLAN_ITEM, Kind.VISIT, Kind.CUSTOMER) { saha.plan.day() }.collect(::show)
 * ```
 */
public class Plan internal constructor(private val core: Core, private val runner: Runner) {
    /**
     * The rep's stops of a day, today without one, in their order. Customers who are out of sight by now are left out: whoever has
     * them plans for them.
     */
    public suspend fun day(date: LocalDate? = null): List<Stop> = runner.local { core.day(date) }

    /** The item, of whatever day. `SahaException.NotFound` where it is not on this device. */
    public suspend fun get(id: PlanItemId): PlanItem = runner.local { core.get(id) }

    /** Plans a visit. */
    public suspend fun add(item: NewPlanItem): PlanItem = runner.local { core.add(item) }

    /** Saves a changed item of the rep's own plan: another day, another time, another place in the day. */
    public suspend fun update(item: PlanItem): PlanItem = runner.local { core.update(item) }

    /** Takes an item out of the rep's own plan. */
    public suspend fun remove(id: PlanItemId): Unit = runner.local { core.remove(id) }
}
