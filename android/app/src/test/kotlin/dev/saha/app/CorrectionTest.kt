package dev.saha.app

import androidx.test.ext.junit.runners.AndroidJUnit4
import dev.saha.app.app.Drafts
import dev.saha.app.app.Route
import dev.saha.app.app.Tab
import dev.saha.app.screens.form
import dev.saha.app.screens.logged
import dev.saha.app.screens.stop
import dev.saha.app.testkit.Company
import dev.saha.app.testkit.Handset
import dev.saha.core.NewCall
import dev.saha.core.NewPlanItem
import dev.saha.domain.CallDirection
import dev.saha.domain.CallDisposition
import dev.saha.domain.Customer
import dev.saha.domain.PlanItem
import org.junit.After
import org.junit.Assert.assertEquals
import org.junit.Assert.assertFalse
import org.junit.Assert.assertTrue
import org.junit.Test
import org.junit.runner.RunWith
import java.time.LocalDate
import java.time.ZoneId

/** What was logged and planned, and is corrected; and a prospect who is written down once, whatever happens meanwhile. */
@RunWith(AndroidJUnit4::class)
class CorrectionTest {
    private val company = Company()

    @After
    fun close() = company.close()

    @Test
    fun `a call that was logged is corrected, and what came of it goes with the talk`() {
        Handset.ofAyse(company).use { handset ->
            val session = handset.session
            val shop = handset.anyone()
            val outcome = handset.waiting { session.saha.calls.outcomes().first().code }
            val call = handset.waiting {
                session.saha.calls.log(
                    NewCall(shop.id, CallDisposition.CONNECTED, CallDirection.OUTGOING, durationS = 90, outcome = outcome),
                )
            }
            session.navigation.open(Route.Logged(call.id))
            val screen = session.logged(call.id)
            handset.waiting { screen.run() }
            assertEquals(listOf(shop.name, 1, outcome), listOf(screen.name, screen.draft?.minutes, screen.draft?.outcome))
            assertTrue(screen.isTalk)
            screen.draft = screen.draft?.copy(disposition = CallDisposition.BUSY, note = "Tekrar aranacak")
            screen.set(minutes = 0)
            assertFalse(screen.isTalk)
            handset.waiting { screen.save() }

            val saved = handset.waiting { session.saha.calls.get(call.id) }
            assertEquals(
                listOf(CallDisposition.BUSY, 0L, null, "Tekrar aranacak"),
                with(saved) { listOf(disposition, durationS, this.outcome, note) },
            )
            assertTrue(session.navigation[Tab.TODAY].isEmpty())
            assertEquals(Drafts(), session.drafts)
        }
    }

    @Test
    fun `a correction that was begun outlives the process`() {
        Handset.ofAyse(company).use { handset ->
            val call = handset.waiting {
                handset.session.saha.calls.log(NewCall(handset.anyoneNow().id, CallDisposition.BUSY, CallDirection.OUTGOING))
            }
            handset.session.navigation.open(Route.Logged(call.id))
            val begun = handset.session.logged(call.id)
            handset.waiting { begun.run() }
            begun.draft = begun.draft?.copy(note = "Yarın")
            handset.restart()
            handset.open()
            val next = handset.session.logged(call.id)
            handset.waiting { next.run() }
            assertEquals("Yarın", next.draft?.note)
        }
    }

    @Test
    fun `a planned visit goes to another day`() {
        Handset.ofAyse(company).use { handset ->
            val session = handset.session
            val shop = handset.anyone()
            val tomorrow = handset.today().plusDays(1)
            val item: PlanItem = handset.waiting { session.saha.plan.add(NewPlanItem(shop.id, handset.today())) }
            session.navigation.open(Route.Stop(item.id))
            val screen = session.stop(item.id)
            handset.waiting { screen.run() }
            assertEquals(shop.name, screen.name)
            screen.draft = screen.draft?.copy(epochDay = tomorrow.toEpochDay(), note = "Numune")
            handset.waiting { screen.save() }
            val saved = handset.waiting { session.saha.plan.get(item.id) }
            assertEquals(tomorrow to "Numune", saved.date to saved.note)
            assertTrue(session.navigation[Tab.TODAY].isEmpty())
        }
    }

    @Test
    fun `a prospect who was saved when the process ended is not written down twice`() {
        Handset.ofAyse(company).use { handset ->
            handset.session.navigation.open(Route.Form(null))
            val form = handset.session.form(null)
            form.draft = form.draft.copy(name = "Yağmur Bakkal")
            val begun = handset.session.drafts
            handset.waiting { form.save() }
            // As it is where the process ends before the draft is forgotten.
            handset.session.navigation.open(Route.Form(null))
            handset.session.drafts = begun
            handset.restart()
            handset.open()
            val session = handset.session
            handset.waiting { session.form(null).run() }
            assertEquals(1, handset.waiting { session.saha.customers.search("Yağmur Bakkal") }.size)
            assertEquals(Drafts(), session.drafts)
            assertTrue(session.navigation[Tab.TODAY].last() is Route.Customer)
        }
    }

    private fun Handset.anyone(): Customer = waiting { anyoneNow() }

    private suspend fun Handset.anyoneNow(): Customer = session.saha.customers.search("", limit = 1).first()

    private fun Handset.today(): LocalDate = session.device.now().atZone(ZoneId.systemDefault()).toLocalDate()
}
