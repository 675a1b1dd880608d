package dev.saha.app

import android.os.Looper
import androidx.compose.ui.test.junit4.v2.createEmptyComposeRule
import androidx.test.core.app.ActivityScenario
import androidx.test.ext.junit.runners.AndroidJUnit4
import dev.saha.app.app.Keeper
import dev.saha.app.app.Memory
import dev.saha.app.screens.TodayModel
import dev.saha.app.screens.today
import dev.saha.app.testkit.Handset
import kotlinx.coroutines.MainScope
import kotlinx.coroutines.cancel
import kotlinx.coroutines.launch
import org.junit.Rule
import org.junit.Test
import org.junit.runner.RunWith
import org.robolectric.Shadows.shadowOf
import java.io.File
import java.time.Duration
import kotlin.math.roundToLong

/**
 * How long the app takes from its start to Today, as figures that `cargo xtask bench android` reads. The phone is full, as `full_phone`
 * of `saha-tests` makes it, and has no network. Each start finds the database closed; what was read of it before is in the system's
 * cache.
 */
@RunWith(AndroidJUnit4::class)
class ColdStart {
    @get:Rule val compose = createEmptyComposeRule()

    private val phone = File(System.getProperty("saha.phone"))

    @Test
    fun measure() = Handset(data = phone).use { handset ->
        handset.network.become(isReachable = false)
        val scope = MainScope()
        handset.waiting {
            val keeper = Keeper.open(phone, scope)
            keeper.memory = Memory(account = System.getProperty("saha.login"))
            keeper.settled()
        }
        scope.cancel()
        // The first one loads Robolectric's Android and its drawing.
        started(handset, ::window)
        tell("start of the app to Today", List(TIMES) { started(handset) { show(it) { today -> today.due.isNotEmpty() } } })
        tell("of it: to the targets", List(TIMES) { started(handset) { show(it) { today -> today.targets != null } } })
        tell("start of the app to a window with targets", List(TIMES) { started(handset, ::window) })
    }

    /** Until the rep sees today's targets. */
    private fun window(handset: Handset) = ActivityScenario.launch(MainActivity::class.java).use {
        compose.waitUntil(PATIENCE.toMillis()) {
            shadowOf(Looper.getMainLooper()).idle()
            handset.app.session?.today()?.targets != null
        }
        compose.waitForIdle()
    }

    /** As far as the core and the models go. */
    private fun show(handset: Handset, isThere: (TodayModel) -> Boolean) {
        val screen = MainScope()
        screen.launch { handset.app.cameToFront() }
        await { handset.app.session != null }
        val today = handset.session.today()
        screen.launch { today.run() }
        await { isThere(today) }
        screen.cancel()
    }

    /** Looks again and again: whoever waited for a moment instead would measure the moment. */
    private fun await(isThere: () -> Boolean) {
        val end = System.nanoTime() + PATIENCE.toNanos()
        while (!isThere()) {
            check(System.nanoTime() < end) { "Today does not come about" }
            shadowOf(Looper.getMainLooper()).idle()
        }
    }

    /** From the start of the app on. */
    private fun started(handset: Handset, show: (Handset) -> Unit): Duration {
        handset.restart()
        val begun = System.nanoTime()
        show(handset)
        return Duration.ofNanos(System.nanoTime() - begun)
    }

    private fun tell(name: String, took: List<Duration>) {
        val median = took.sorted()[took.size / 2].toNanos() / 1e6
        println("""@figure {"name":"$name","value":${(median * 100).roundToLong() / 100.0},"unit":"ms"}""")
    }

    private companion object {
        const val TIMES = 20
        val PATIENCE: Duration = Duration.ofSeconds(60)
    }
}
