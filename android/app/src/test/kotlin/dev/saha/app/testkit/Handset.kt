package dev.saha.app.testkit

import android.os.Looper
import androidx.test.core.app.ApplicationProvider
import dev.saha.app.TestSahaApplication
import dev.saha.app.app.AppModel
import dev.saha.app.app.Session
import dev.saha.app.device.Device
import dev.saha.app.device.SecretFiles
import dev.saha.app.screens.SignInModel
import dev.saha.core.TestClock
import dev.saha.domain.Lang
import kotlinx.coroutines.CoroutineScope
import kotlinx.coroutines.MainScope
import kotlinx.coroutines.cancel
import kotlinx.coroutines.launch
import org.robolectric.Shadows.shadowOf
import java.io.File
import java.nio.file.Files
import java.time.Duration
import java.time.Instant

/** A phone with the app on it. What only a phone has is a test's to set; the core and the models are the real ones. */
class Handset(
    private val lang: Lang = Lang.EN,
    nowMs: Long = System.currentTimeMillis(),
    data: File? = null,
) : AutoCloseable {
    private val folder = Files.createTempDirectory("saha-handset").toFile()
    private val secrets = SecretFiles(folder.resolve("secrets"), FakeKeys())

    /** The folder of the app. */
    val data: File = data ?: folder.resolve("saha")

    val clock = TestClock(utcMs = nowMs)
    val places = FakePlaces()
    val camera = FakeCamera()
    val network = FakeNetwork()
    val background = FakeBackground()

    /** What lives as long as the process. */
    private var scope: CoroutineScope = MainScope()

    /** The app, as this start of the process has it. */
    var app: AppModel = install()
        private set

    /** The session that is open. */
    val session: Session get() = checkNotNull(app.session) { "the app is at ${app.stage}" }

    /** The screen that asks who is there. */
    val signInScreen: SignInModel
        get() = checkNotNull(app.stage as? AppModel.Stage.SignIn) { "the app is at ${app.stage}" }.model

    private fun install(): AppModel {
        val device =
            Device(
                folder = data,
                shared = folder.resolve("shared"),
                name = "test",
                lang = lang,
                secrets = secrets,
                places = places,
                camera = camera,
                network = network,
                background = background,
                now = { Instant.ofEpochMilli(clock.utcMs()) },
                clock = clock,
            )
        val made = AppModel(device, scope)
        ApplicationProvider.getApplicationContext<TestSahaApplication>().installed = made
        return made
    }

    /** The app comes to the front, without a window. */
    fun open() = waiting { app.cameToFront() }

    fun signIn(company: Company, login: String = LOGIN, password: String = PASSWORD) {
        val screen = signInScreen
        screen.server = company.url
        screen.login = login
        screen.password = password
        waiting { screen.signIn() }
        check(screen.trouble.sentence == null) { screen.trouble.sentence.orEmpty() }
    }

    /** Waits until nothing is left to send or to fetch. */
    fun synced() {
        waiting { app.cameToFront() }
        eventually("the sync") {
            val status = session.status
            // A sync that was asked for and has not begun yet would send what the test writes next.
            status != null && !session.sync.isRunning && status.isComplete && !status.isSyncing &&
                status.waiting == 0L && status.accepted == 0L
        }
    }

    /**
     * The process ends and another begins: nothing is left but what is on the disk. Whatever was being written to it is, as the
     * core answers at a later time.
     */
    fun restart() {
        end()
        scope = MainScope()
        app = install()
    }

    private fun end() {
        waiting { app.settled() }
        val ended = app.session
        scope.cancel()
        // Two processes can't have the folder at once, and both are this one.
        if (ended != null) waiting { ended.close() }
    }

    override fun close() {
        end()
        folder.deleteRecursively()
    }

    /** Does something on the main thread, and waits for it. */
    fun <T> waiting(work: suspend () -> T): T {
        var answer: Result<T>? = null
        MainScope().launch { answer = runCatching { work() } }
        eventually("an answer") { answer != null }
        return checkNotNull(answer).getOrThrow()
    }

    companion object {
        const val LOGIN = "ayse.yilmaz"
        const val PASSWORD = "saha-ayse-2026"

        /** One whose rep has signed in and had his first sync. */
        fun ofAyse(company: Company = Company.shared, lang: Lang = Lang.EN): Handset = Handset(lang).apply {
            open()
            signIn(company)
            synced()
        }

        /** Waits until something is so, while the main thread goes on. */
        fun eventually(what: String, patience: Duration = Duration.ofSeconds(60), isSo: () -> Boolean) {
            val end = System.nanoTime() + patience.toNanos()
            while (true) {
                // Pauses pass about as fast as on a phone.
                shadowOf(Looper.getMainLooper()).idleFor(STEP)
                if (isSo()) return
                check(System.nanoTime() < end) { "$what does not come about" }
                Thread.sleep(STEP.toMillis())
            }
        }

        private val STEP: Duration = Duration.ofMillis(5)
    }
}
