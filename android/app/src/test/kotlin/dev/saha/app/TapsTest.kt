package dev.saha.app

import androidx.compose.ui.test.assertIsDisplayed
import androidx.compose.ui.test.hasContentDescription
import androidx.compose.ui.test.hasText
import androidx.compose.ui.test.junit4.v2.createEmptyComposeRule
import androidx.compose.ui.test.onFirst
import androidx.compose.ui.test.performClick
import androidx.test.core.app.ActivityScenario
import androidx.test.ext.junit.runners.AndroidJUnit4
import dev.saha.app.testkit.Company
import dev.saha.app.testkit.Handset
import dev.saha.core.NewPlanItem
import dev.saha.domain.Lang
import dev.saha.domain.VisitState
import org.junit.Assert.assertEquals
import org.junit.Assert.assertTrue
import org.junit.Rule
import org.junit.Test
import org.junit.runner.RunWith
import org.robolectric.annotation.Config
import org.robolectric.annotation.GraphicsMode
import java.time.Duration
import java.time.ZoneId

/** How many taps it takes, with the app's own window under the finger. */
@RunWith(AndroidJUnit4::class)
@GraphicsMode(GraphicsMode.Mode.NATIVE)
@Config(qualifiers = "tr-rTR-w411dp-h891dp-xhdpi")
class TapsTest {
    @get:Rule val compose = createEmptyComposeRule()

    private val company = Company()
    private var taps = 0

    @Test
    fun `a visit at a customer of today's plan takes two taps, and nobody waits between them`() {
        Handset.ofAyse(company, Lang.TR).use { handset ->
            val shop = handset.waiting { handset.session.saha.customers.search("", limit = 1).first() }
            val today = handset.session.device.now().atZone(ZoneId.systemDefault()).toLocalDate()
            handset.waiting { handset.session.saha.plan.add(NewPlanItem(shop.id, today)) }
            val outcome = handset.waiting { handset.session.saha.visits.outcomes().first().name }
            val before = handset.waiting { handset.session.saha.visits.listOn(today) }.size
            ActivityScenario.launch(MainActivity::class.java).use {
                await("${shop.name} ziyaretini başlat", isDescription = true)
                val began = System.nanoTime()
                tap("${shop.name} ziyaretini başlat", isDescription = true)
                await(outcome)
                tap(outcome)
                compose.waitUntil(PATIENCE_MS) { handset.waiting { handset.session.saha.visits.inProgress() } == null }
                val took = Duration.ofNanos(System.nanoTime() - began)
                assertTrue("it took $took", took < Duration.ofSeconds(10))
            }
            assertEquals(2, taps)
            val visits = handset.waiting { handset.session.saha.visits.listOn(today) }
            assertEquals(before + 1, visits.size)
            assertEquals(shop.id to VisitState.COMPLETED, visits.last().customer to visits.last().state)
        }
        company.close()
    }

    private fun await(text: String, isDescription: Boolean = false) = compose.waitUntil(PATIENCE_MS) {
        compose.onAllNodes(named(text, isDescription)).fetchSemanticsNodes().isNotEmpty()
    }

    /** What is tapped has to be in sight, without any scrolling. */
    private fun tap(text: String, isDescription: Boolean = false) {
        compose
            .onAllNodes(named(text, isDescription))
            .onFirst()
            .assertIsDisplayed()
            .performClick()
        taps += 1
    }

    private fun named(text: String, isDescription: Boolean) = if (isDescription) hasContentDescription(text) else hasText(text)

    private companion object {
        const val PATIENCE_MS = 30_000L
    }
}
