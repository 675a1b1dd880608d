package dev.saha.app

import android.app.Activity.RESULT_OK
import android.content.Intent
import androidx.activity.result.contract.ActivityResultContracts.StartActivityForResult
import androidx.test.core.app.ActivityScenario
import androidx.test.core.app.ApplicationProvider
import androidx.test.ext.junit.runners.AndroidJUnit4
import dev.saha.app.app.Route
import dev.saha.app.device.PictureSource
import dev.saha.app.device.Question
import dev.saha.app.device.SystemCamera
import dev.saha.app.screens.visit
import dev.saha.app.testkit.Company
import dev.saha.app.testkit.Handset
import dev.saha.app.testkit.Handset.Companion.eventually
import dev.saha.domain.PhotoPurpose
import kotlinx.coroutines.MainScope
import kotlinx.coroutines.cancel
import kotlinx.coroutines.launch
import org.junit.After
import org.junit.Assert.assertEquals
import org.junit.Assert.assertFalse
import org.junit.Assert.assertTrue
import org.junit.Test
import org.junit.runner.RunWith
import org.robolectric.Shadows.shadowOf
import java.util.UUID

/** Pictures, whose camera is another app: this one is made anew meanwhile, or ended. */
@RunWith(AndroidJUnit4::class)
class PictureTest {
    private val screens = MainScope()

    @After
    fun close() = screens.cancel()

    @Test
    fun `a picture comes to its visit though the process that asked for it is gone`() {
        Handset.ofAyse(Company()).use { handset ->
            handset.network.become(isReachable = false)
            val shop = handset.waiting { handset.session.saha.customers.search("", limit = 1) }.single()
            handset.waiting { handset.session.checkIn(shop.id) }
            val route = handset.session.navigation.let { it[it.tab] }.last() as Route.Visit
            handset.camera.picture = byteArrayOf(0xff.toByte(), 0xd8.toByte(), 0xff.toByte()) + UUID.randomUUID().toString().toByteArray()
            handset.camera.isInFront = true
            screens.launch { handset.session.visit(route.id).picture(PhotoPurpose.SHELF, PictureSource.CAMERA) }
            eventually("the camera") { handset.session.drafts.pictures[route.id] == PhotoPurpose.SHELF }
            handset.restart()
            handset.open()
            val visit = handset.session.visit(route.id)
            screens.launch { visit.run() }
            handset.camera.answerLate()
            eventually("the photo") { visit.photos.map { it.purpose } == listOf(PhotoPurpose.SHELF) }
            eventually("that the file goes") { handset.camera.given?.exists() == false }
            assertTrue(handset.session.drafts.pictures.isEmpty())
        }
    }

    @Test
    fun `an answer reaches who asked though the window was made anew`() {
        val question = Question("saha.test", StartActivityForResult())
        val answers = mutableListOf<Int?>()
        answered(question, question) { window -> screens.launch { answers += question.ask(window)?.resultCode } }
        eventually("the answer") { answers == listOf(RESULT_OK) }
    }

    @Test
    fun `an answer to a process that is gone is kept for the next`() {
        val gone = Question("saha.test", StartActivityForResult())
        val next = Question("saha.test", StartActivityForResult())
        answered(gone, next) { window -> screens.launch { gone.ask(window) } }
        val heard = mutableListOf<Int>()
        screens.launch { next.late.collect { heard += it.resultCode } }
        eventually("the answer") { heard == listOf(RESULT_OK) }
    }

    /** Asks from one window, and has the system answer the next one. */
    private fun answered(before: Question<*, *>, after: Question<*, *>, ask: (Intent) -> Unit) {
        val application = ApplicationProvider.getApplicationContext<TestSahaApplication>()
        Handset().use {
            application.attaches = before::attach
            ActivityScenario.launch(MainActivity::class.java).use { window ->
                window.onActivity { ask(Intent("dev.saha.test")) }
                var code = -1
                window.onActivity { code = shadowOf(it).nextStartedActivityForResult.requestCode }
                application.attaches = after::attach
                window.recreate()
                window.onActivity { assertTrue(it.activityResultRegistry.dispatchResult(code, RESULT_OK, null)) }
            }
        }
    }

    @Test
    fun `a large picture is read in steps that leave enough of it`() {
        assertEquals(listOf(1, 1, 2, 4), listOf(800, 3_000, 4_096, 9_000).map { SystemCamera.sampleSize(it, it / 2) })
        assertEquals(1, SystemCamera.sampleSize(0, 0))
        assertFalse(SystemCamera.sampleSize(6_000, 10) > 2)
    }
}
