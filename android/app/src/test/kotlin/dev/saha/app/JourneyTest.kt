package dev.saha.app

import androidx.test.ext.junit.runners.AndroidJUnit4
import dev.saha.app.app.AppModel
import dev.saha.app.app.Drafts
import dev.saha.app.app.Route
import dev.saha.app.app.Session
import dev.saha.app.app.Tab
import dev.saha.app.screens.CustomersModel
import dev.saha.app.screens.call
import dev.saha.app.screens.changes
import dev.saha.app.screens.customer
import dev.saha.app.screens.customers
import dev.saha.app.screens.form
import dev.saha.app.screens.formats
import dev.saha.app.screens.sale
import dev.saha.app.screens.settings
import dev.saha.app.screens.target
import dev.saha.app.screens.today
import dev.saha.app.screens.visit
import dev.saha.app.testkit.Company
import dev.saha.app.testkit.Handset
import dev.saha.app.testkit.Handset.Companion.eventually
import dev.saha.domain.CallDisposition
import dev.saha.domain.Customer
import dev.saha.domain.GeoPoint
import dev.saha.domain.GeoVerdict
import dev.saha.domain.Lang
import dev.saha.domain.Location
import dev.saha.domain.Metric
import dev.saha.domain.Period
import dev.saha.domain.Progress
import dev.saha.domain.RecordState
import dev.saha.domain.SahaException
import dev.saha.domain.StopState
import dev.saha.net
import kotlinx.coroutines.MainScope
import kotlinx.coroutines.cancel
import kotlinx.coroutines.launch
import org.junit.After
import org.junit.Assert.assertEquals
import org.junit.Assert.assertFalse
import org.junit.Assert.assertNull
import org.junit.Assert.assertTrue
import org.junit.Test
import org.junit.runner.RunWith

/** A rep's days with the app, screen by screen, on the real core and against a real server. */
@RunWith(AndroidJUnit4::class)
class JourneyTest {
    private val company = Company()
    private val screens = MainScope()

    @After
    fun close() {
        screens.cancel()
        company.close()
    }

    @Test
    fun `whoever signs in sees his day when the first sync is through`() {
        Handset().use { handset ->
            handset.open()
            val refused = runCatching { handset.signIn(company, password = "wrong") }
            assertEquals(SahaException.SignInRefused("wrong_credentials").text(Lang.EN), refused.exceptionOrNull()?.message)
            handset.signIn(company)
            val session = handset.session
            val today = session.today()
            show { today.run() }
            // Nobody has to ask for it.
            eventually("the first sync") { session.status?.isComplete == true }
            eventually("the targets") { today.targets?.isNotEmpty() == true }
            assertNull(today.trouble.sentence)
            handset.restart()
            handset.open()
            assertTrue("the next start needs nobody", handset.app.stage is AppModel.Stage.Open)
        }
    }

    @Test
    fun `a visit moves the bar, and the stop is done`() {
        Handset.ofAyse(company).use { handset ->
            val session = handset.session
            val shop = handset.anyone()
            handset.waiting { session.customer(shop.id).plan() }
            val today = session.today()
            show { today.run() }
            eventually("the stop") { today.stops.lastOrNull()?.customer == shop && today.targets != null }
            assertEquals(StopState.PLANNED, today.stops.last().state)
            val before = handset.visitsToday()
            handset.places.place = shop.location?.let(::near)

            handset.waiting { today.checkIn(shop.id) }
            val route = session.navigation[Tab.TODAY].last() as Route.Visit
            val visit = session.visit(route.id)
            show { visit.run() }
            eventually("the visit") { visit.isOpen && visit.outcomes.isNotEmpty() }
            assertEquals(shop.name to GeoVerdict.INSIDE.text(Lang.EN), visit.name to visit.verdict)
            handset.waiting { visit.choose(visit.outcomes.first()) }

            assertTrue("he is back where he began", session.navigation[Tab.TODAY].isEmpty())
            assertEquals(before + 1, handset.visitsToday())
            eventually("the stop is done") { today.stops.last().state == StopState.DONE }
            today.open(today.stops.last())
            assertEquals(listOf(route), session.navigation[Tab.TODAY])
        }
    }

    @Test
    fun `a sale offline moves the bar, and is sent when the network is back`() {
        Handset.ofAyse(company).use { handset ->
            val session = handset.session
            handset.network.become(isReachable = false)
            val today = session.today()
            show { today.run() }
            eventually("the targets") { today.targets?.isNotEmpty() == true }
            val before = handset.revenue()
            val bar = today.targets.orEmpty().first { it.id == before.target }.bar

            val net = handset.sellOffline(handset.anyone())
            eventually("the bar") { today.targets.orEmpty().first { it.id == before.target }.bar.waiting > bar.waiting }
            val after = handset.revenue()
            assertEquals(before.actual + net to before.waiting + net, after.actual to after.waiting)
            assertEquals("what was saved is no draft any more", Drafts(), session.drafts)
            // Nothing was tried: there was no network.
            assertEquals(1L, handset.waiting { session.saha.sync.status() }.waiting)
            handset.network.become(isReachable = true)
            eventually("the sync") { session.status?.let { it.waiting == 0L && it.accepted == 0L } == true }
            val sent = handset.revenue()
            assertEquals(before.confirmed + net to before.waiting, sent.confirmed to sent.waiting)
        }
    }

    @Test
    fun `a price below the floor is told beside the lines`() {
        Handset.ofAyse(company).use { handset ->
            val floored = handset.waiting { handset.session.saha.products.search("", limit = 200).first { it.floorPrice != null } }
            val sale = handset.session.sale(handset.anyone().id, visit = null)
            sale.add(floored)
            sale.setPrice("0.01".toBigDecimal(), floored.id)
            show { sale.quote(sale.lines) }
            eventually("the objection") { sale.objection?.isNotBlank() == true }
            assertNull(sale.sums)
            assertNull("nobody is interrupted", sale.trouble.sentence)
        }
    }

    @Test
    fun `what was begun outlives the process`() {
        Handset.ofAyse(company).use { handset ->
            val shop = handset.anyone()
            handset.waiting { handset.session.checkIn(shop.id) }
            val begun = handset.session.navigation[Tab.TODAY].last() as Route.Visit
            handset.session.visit(begun.id).note = "Raf boştu"
            handset.session.navigation.open(Route.Sale(shop.id, begun.id))
            val product = handset.waiting { handset.session.saha.products.search("").first() }
            repeat(2) { handset.session.sale(shop.id, begun.id).add(product) }

            handset.restart()
            handset.open()
            val session = handset.session
            assertEquals(listOf(begun, Route.Sale(shop.id, begun.id)), session.navigation[Tab.TODAY])
            val visit = session.visit(begun.id)
            show { visit.run() }
            assertEquals("Raf boştu", visit.note)
            val sale = session.sale(shop.id, begun.id)
            handset.waiting { sale.run() }
            assertEquals(listOf(2_000L), sale.lines.map { it.quantityMilli })
            handset.waiting { sale.save() }
            eventually("the sale at the visit") { visit.sales.size == 1 && visit.isOpen }
            handset.waiting { visit.choose(visit.outcomes.first()) }
            assertEquals("Raf boştu", handset.waiting { session.saha.visits.get(begun.id) }.note)
            handset.synced()
            assertEquals(emptyList<String>(), handset.waiting { session.saha.verifyFigures() })
        }
    }

    @Test
    fun `what the company refused is repaired`() {
        Handset.ofAyse(company).use { handset ->
            val session = handset.session
            val known = handset.waiting { session.saha.customers.search("", limit = 200).first { it.taxNo != null } }
            session.customers().add()
            val form = session.form(null)
            form.draft = form.draft.copy(name = "Yağmur Bakkal", taxNo = known.taxNo.orEmpty())
            handset.waiting { form.save() }
            val changes = session.changes()
            show { changes.run() }
            eventually("the refusal") { changes.refused.size == 1 && changes.status?.rejected == 1L }
            val entry = changes.refused.first()
            assertEquals("duplicate_tax_no" to true, entry.code to changes.canFix(entry))
            assertFalse(entry.reason.isNullOrEmpty())

            session.navigation.tab = Tab.SYNC
            changes.fix(entry)
            val repair = session.form((session.navigation[Tab.SYNC].last() as Route.Form).id)
            handset.waiting { repair.run() }
            assertEquals("Yağmur Bakkal", repair.draft.name)
            repair.draft = repair.draft.copy(taxNo = "")
            handset.waiting { repair.save() }
            assertTrue(session.navigation[Tab.SYNC].isEmpty())
            handset.synced()
            eventually("the end of the refusal") { changes.refused.isEmpty() && changes.status?.rejected == 0L }
        }
    }

    @Test
    fun `nobody signs out from unsent work`() {
        Handset.ofAyse(company).use { handset ->
            val session = handset.session
            handset.network.become(isReachable = false)
            val shop = handset.anyone()
            val call = session.call(shop.id)
            handset.waiting { call.run() }
            handset.waiting { call.end(CallDisposition.NO_ANSWER) }
            val settings = session.settings()
            handset.waiting { settings.signOut() }
            assertEquals(SahaException.UnsentWork(1).text(Lang.EN), settings.trouble.sentence)
            handset.network.become(isReachable = true)
            handset.synced()
            handset.waiting { settings.signOut() }
            val screen = handset.signInScreen
            assertEquals(listOf("ayse.yilmaz", "ayse.yilmaz", company.url), screen.known + screen.login + screen.server)
            handset.signIn(company)
            assertEquals("what is on the phone stays", 1, handset.waiting { handset.session.saha.calls.listOf(shop.id) }.size)
        }
    }

    @Test
    fun `a number opens into its records, and a customer tells his story`() {
        Handset.ofAyse(company).use { handset ->
            val session = handset.session
            handset.network.become(isReachable = false)
            val shop = handset.anyone()
            handset.waiting { session.checkIn(shop.id) }
            val visit = session.visit((session.navigation[Tab.TODAY].last() as Route.Visit).id)
            show { visit.run() }
            eventually("the visit") { visit.isOpen && visit.outcomes.isNotEmpty() }
            handset.waiting { visit.choose(visit.outcomes.first()) }

            val target = session.target(handset.daily().target)
            show { target.run() }
            eventually("the record") { target.rows.orEmpty().any { it.title == shop.name } }
            val row = target.rows.orEmpty().first { it.title == shop.name }
            assertEquals(RecordState.WAITING to "1", row.state to row.value)
            assertEquals("1", target.card?.parts?.waiting)
            target.open(row)
            val story = session.customer(shop.id)
            show { story.run() }
            eventually("the story") { story.story.isNotEmpty() }
            story.open(story.story.first())
            assertEquals(row.route, session.navigation[Tab.TODAY].last())
        }
    }

    @Test
    fun `whoever is near comes first, and whoever is typed is found`() {
        Handset.ofAyse(company).use { handset ->
            val shop = handset.waiting { handset.session.saha.customers.search("", limit = 200).first { it.location != null } }
            val customers = handset.session.customers()
            val showing = screens.launch { customers.run() }
            eventually("everyone") { customers.rows.orEmpty().size == 50 && customers.hasMore }
            showing.cancel()

            handset.places.place = shop.location?.let(::near)
            customers.order = CustomersModel.Order.NEARBY
            val nearby = screens.launch { customers.run() }
            eventually("whoever is near") { customers.rows.orEmpty().firstOrNull()?.distance == "0 m" }
            nearby.cancel()
            customers.text = shop.name
            show { customers.run() }
            eventually("the one who was typed") { customers.rows.orEmpty().firstOrNull()?.customer == shop }
        }
    }

    @Test
    fun `another language is spoken from then on`() {
        Handset.ofAyse(company).use { handset ->
            handset.waiting { handset.app.speak(Lang.TR) }
            val changes = handset.session.changes()
            show { changes.run() }
            eventually("the sentence") { changes.diagnosis == "bekleyen yok: her değişiklik şirkette" }
        }
    }

    private fun show(work: suspend () -> Unit) {
        screens.launch { work() }
    }

    private fun Handset.sellOffline(shop: Customer): Long {
        session.navigation.open(Route.Sale(shop.id, null))
        val sale = session.sale(shop.id, visit = null)
        show { sale.search() }
        eventually("the products") { sale.products.isNotEmpty() }
        sale.add(sale.products.first())
        sale.set("12.5".toBigDecimal(), sale.products.first().id)
        assertEquals(listOf(12_500L), sale.lines.map { it.quantityMilli })
        show { sale.quote(sale.lines) }
        eventually("the sum") { sale.sums != null && sale.objection == null }
        val sum = sale.sums?.net
        waiting { sale.save() }
        val made = waiting { session.saha.sales.get((session.navigation[Tab.TODAY].last() as Route.Made).sale) }
        assertEquals("what was shown before is what it comes to", session.formats.money(made.net), sum)
        return made.netMinor
    }

    private fun Handset.anyone(): Customer = waiting { session.saha.customers.search("", limit = 1).first() }

    private fun Handset.revenue(): Progress = progress().first { it.metric == Metric.REVENUE }

    private fun Handset.daily(): Progress = progress().first { it.metric == Metric.VISITS && it.period == Period.DAY }

    private fun Handset.visitsToday(): Long = daily().actual

    private fun Handset.progress(): List<Progress> = waiting { session.saha.targets.progress() }

    private fun near(point: GeoPoint) = Location(point, accuracyM = 8, fixAgeMs = 500, provider = "test", mocked = false)
}
