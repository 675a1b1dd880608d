package dev.saha.app.testkit

import dev.saha.app.app.Route
import dev.saha.app.app.Session
import dev.saha.app.app.Tab
import dev.saha.app.screens.call
import dev.saha.app.screens.changes
import dev.saha.app.screens.customer
import dev.saha.app.screens.customers
import dev.saha.app.screens.form
import dev.saha.app.screens.logged
import dev.saha.app.screens.made
import dev.saha.app.screens.sale
import dev.saha.app.screens.stop
import dev.saha.app.screens.target
import dev.saha.app.screens.targets
import dev.saha.app.screens.today
import dev.saha.app.screens.visit
import dev.saha.core.NewCall
import dev.saha.core.NewPlanItem
import dev.saha.core.NewProspect
import dev.saha.core.NewSale
import dev.saha.core.NewSaleLine
import dev.saha.core.VisitEnd
import dev.saha.domain.Call
import dev.saha.domain.CallDirection
import dev.saha.domain.CallDisposition
import dev.saha.domain.Customer
import dev.saha.domain.Location
import dev.saha.domain.Metric
import dev.saha.domain.PlanItem
import dev.saha.domain.Sale
import dev.saha.domain.TargetId
import dev.saha.domain.Visit
import java.time.DayOfWeek
import java.time.Duration
import java.time.LocalDate
import java.time.ZoneId

/** A day in the middle: stops that are done and to come, a visit that goes on, work that waits and some that was refused. */
class RepsDay(
    private val handset: Handset,
) {
    /** A screen, how it is opened, and by what one sees that everything is there. */
    class Screen(
        val name: String,
        val open: (Session) -> Unit,
        val isReady: (Session) -> Boolean,
    )

    private val saha = handset.session.saha
    private val shops: List<Customer> = handset.waiting { saha.customers.search("", limit = 200).filter { it.location != null } }
    private val refused = handset.waiting { twin() }
    private val sold: Sale
    private val going: Visit
    private val called: Call
    private val planned: PlanItem
    private val target: TargetId

    init {
        handset.places.place = shops[2].location?.let { Location(it, accuracyM = 8, fixAgeMs = 500, provider = "gps", mocked = false) }
        // The company refuses it; what is written from then on waits.
        handset.synced()
        handset.network.become(isReachable = false)
        toWorkingDay()
        planned = handset.waiting { plan() }
        handset.waiting { done(shops[0]) }
        sold = handset.waiting { sell(shops[0]) }
        called = handset.waiting { talk(shops[1]) }
        going = handset.waiting { saha.visits.checkIn(shops[2].id, handset.places.place) }
        target = handset.waiting { saha.targets.progress().first { it.metric == Metric.REVENUE }.target }
    }

    /** Every screen of the app but the sign-in. */
    val screens = listOf(
        part("today", Tab.TODAY) { it.today().run { targets != null && stops.size >= STOPS && open != null } },
        part("customers", Tab.CUSTOMERS) { it.customers().rows.orEmpty().isNotEmpty() },
        part("targets", Tab.TARGETS) { it.targets().targets.orEmpty().isNotEmpty() },
        part("sync", Tab.SYNC) { it.changes().run { refused.isNotEmpty() && waiting.isNotEmpty() } },
        part("settings", Tab.SETTINGS) { it.info?.rep != null },
        over("customer", Tab.CUSTOMERS, Route.Customer(shops[0].id)) { it.customer(shops[0].id).story.size >= 2 },
        over("form", Tab.CUSTOMERS, Route.Form(refused.id)) { it.form(refused.id).draft.name.isNotEmpty() },
        over("visit", Tab.TODAY, Route.Visit(going.id)) { it.visit(going.id).run { visit != null && outcomes.isNotEmpty() } },
        over("call", Tab.CUSTOMERS, Route.Call(shops[1].id)) { it.call(shops[1].id).name.isNotEmpty() },
        sale(),
        over("logged", Tab.CUSTOMERS, Route.Logged(called.id)) { it.logged(called.id).draft != null },
        over("stop", Tab.TODAY, Route.Stop(planned.id)) { it.stop(planned.id).draft != null },
        over("made", Tab.CUSTOMERS, Route.Made(sold.id)) { it.made(sold.id).lines.isNotEmpty() },
        over("target", Tab.TARGETS, Route.Target(target)) { it.target(target).run { card != null && rows != null } },
    )

    private fun part(name: String, tab: Tab, isReady: (Session) -> Boolean) = Screen(name, { it.navigation.tab = tab }, isReady)

    private fun over(name: String, tab: Tab, route: Route, isReady: (Session) -> Boolean) =
        Screen(name, { it.navigation.show(route, tab) }, isReady)

    /** With a line that was begun. */
    private fun sale(): Screen {
        val shop = shops[1]
        val open = { session: Session ->
            session.navigation.show(Route.Sale(shop.id, null), Tab.CUSTOMERS)
            val product = handset.waiting { session.saha.products.search("").first() }
            repeat(2) { session.sale(shop.id, visit = null).add(product) }
        }
        return Screen("sale", open) { it.sale(shop.id, visit = null).run { products.isNotEmpty() && name.isNotEmpty() && sums != null } }
    }

    private fun today(): LocalDate = handset.session.device.now().atZone(ZoneId.systemDefault()).toLocalDate()

    private suspend fun plan(): PlanItem = shops.take(STOPS).map { saha.plan.add(NewPlanItem(it.id, today())) }.last()

    private suspend fun talk(shop: Customer): Call {
        val outcome = saha.calls.outcomes().first().code
        return saha.calls.log(NewCall(shop.id, CallDisposition.CONNECTED, CallDirection.OUTGOING, durationS = 180, outcome = outcome))
    }

    private suspend fun done(shop: Customer) {
        val visit = saha.visits.checkIn(shop.id, handset.places.place)
        saha.visits.checkOut(visit.id, VisitEnd(outcome = saha.visits.outcomes().first().code))
    }

    private suspend fun sell(shop: Customer): Sale {
        val products = saha.products.search("").take(2)
        return saha.sales.create(NewSale(shop.id, lines = products.map { NewSaleLine(it.id, quantityMilli = 24_000) }))
    }

    /** A prospect whom the company knows already. */
    private suspend fun twin(): Customer {
        val known = saha.customers.search("", limit = 200).first { it.taxNo != null }
        return saha.customers.createProspect(NewProspect(name = "Yağmur Bakkal", taxNo = known.taxNo, district = "Kadıköy"))
    }

    /** Of a Sunday nothing is expected. */
    private fun toWorkingDay() {
        while (today().dayOfWeek >= DayOfWeek.SATURDAY) handset.clock.advance(Duration.ofDays(1).toMillis())
    }

    private companion object {
        const val STOPS = 4
    }
}
