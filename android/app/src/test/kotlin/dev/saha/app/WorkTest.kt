package dev.saha.app

import android.content.Context
import androidx.test.core.app.ApplicationProvider
import androidx.test.ext.junit.runners.AndroidJUnit4
import androidx.work.ListenableWorker.Result
import androidx.work.NetworkType
import androidx.work.WorkInfo
import androidx.work.WorkManager
import androidx.work.testing.TestListenableWorkerBuilder
import androidx.work.testing.WorkManagerTestInitHelper
import androidx.work.workDataOf
import com.google.common.util.concurrent.ListenableFuture
import dev.saha.app.app.AppModel
import dev.saha.app.device.BackgroundKind
import dev.saha.app.sync.SyncWorker
import dev.saha.app.sync.WorkScheduler
import dev.saha.app.testkit.Company
import dev.saha.app.testkit.Handset
import dev.saha.app.testkit.Handset.Companion.eventually
import dev.saha.core.NewCall
import dev.saha.core.NewPhoto
import dev.saha.core.SyncStatus
import dev.saha.domain.CallDirection
import dev.saha.domain.CallDisposition
import dev.saha.domain.PhotoPurpose
import org.junit.After
import org.junit.Assert.assertEquals
import org.junit.Assert.assertFalse
import org.junit.Assert.assertTrue
import org.junit.Test
import org.junit.runner.RunWith
import java.io.File
import java.util.UUID

/** Time that the system grants, and takes back when it likes. */
@RunWith(AndroidJUnit4::class)
class WorkTest {
    private val company = Company()
    private val context: Context = ApplicationProvider.getApplicationContext()

    @After
    fun close() = company.close()

    private fun begin(kind: String): ListenableFuture<Result> = TestListenableWorkerBuilder<SyncWorker>(context)
        .setInputData(workDataOf(SyncWorker.KIND to kind))
        .build()
        .startWork()

    private fun outcome(kind: BackgroundKind): Result {
        val working = begin(kind.name)
        eventually("the end of the work") { working.isDone }
        return working.get()
    }

    private fun Handset.status(): SyncStatus = waiting { session.saha.sync.status() }

    /** A phone on which a call waits, as there was no network when it was written down. */
    private fun phoneWithACall() = Handset.ofAyse(company).apply {
        network.become(isReachable = false)
        val saha = session.saha
        val shop = waiting { saha.customers.search("", limit = 1) }.single()
        waiting { saha.calls.log(NewCall(shop.id, CallDisposition.NO_ANSWER, CallDirection.OUTGOING)) }
        eventually("the call") { session.status?.waiting == 1L }
    }

    @Test
    fun `what is written asks for time before anybody tries to send it`() {
        phoneWithACall().use { handset ->
            eventually("the wish") { BackgroundKind.SENDING in handset.background.wishes }
            assertEquals(BackgroundKind.REFRESH, handset.background.wishes.first())
        }
    }

    @Test
    fun `granted time sends what waits, though the app was started for it alone`() {
        phoneWithACall().use { handset ->
            handset.restart()
            assertEquals(Result.success(), outcome(BackgroundKind.SENDING))
            assertEquals(0L, handset.status().waiting)
        }
    }

    @Test
    fun `time that is taken back ends the sync, and a later one finishes it`() {
        phoneWithACall().use { handset ->
            company.pause()
            val short = begin(BackgroundKind.SENDING.name)
            eventually("a sync that hangs") { handset.session.status?.isSyncing == true }
            short.cancel(true)
            val begun = System.nanoTime()
            eventually("its end") { handset.session.status?.isSyncing == false }
            assertTrue("at once", System.nanoTime() - begun < 5_000_000_000)
            assertEquals(1L, handset.status().waiting)

            company.resume()
            assertEquals(Result.success(), outcome(BackgroundKind.SENDING))
            assertEquals(0L, handset.status().waiting)
        }
    }

    @Test
    fun `a sync that does not come through is tried again, and loses nothing`() {
        phoneWithACall().use { handset ->
            company.close()
            assertEquals(Result.retry(), outcome(BackgroundKind.REFRESH))
            assertEquals(1L, handset.status().waiting)
        }
    }

    @Test
    fun `what the app has sent itself asks nobody once more`() {
        Handset.ofAyse(company).use {
            // Whoever asked now would wait for an answer.
            company.pause()
            assertEquals(Result.success(), outcome(BackgroundKind.SENDING))
            assertEquals(Result.success(), outcome(BackgroundKind.FILES))
        }
    }

    @Test
    fun `nothing is done where nobody is signed in`() {
        Handset().use { handset ->
            assertEquals(Result.success(), outcome(BackgroundKind.REFRESH))
            assertTrue("${handset.app.stage}", handset.app.stage is AppModel.Stage.SignIn)
        }
    }

    @Test
    fun `what can't be read now is tried later, and nothing is written over it`() {
        phoneWithACall().use { handset ->
            handset.restart()
            val file = handset.data.resolve("app.json")
            val kept = file.readBytes()
            assertTrue(file.delete() && file.mkdir())
            assertEquals(Result.retry(), outcome(BackgroundKind.REFRESH))
            assertTrue("${handset.app.stage}", handset.app.stage is AppModel.Stage.Failed)
            assertTrue(file.delete())
            file.writeBytes(kept)
            handset.open()
            assertEquals(1L, handset.status().waiting)
        }
    }

    @Test
    fun `files stay where the network costs money until there is another, or the rep allows it`() {
        Handset.ofAyse(company).use { handset ->
            handset.network.become(isReachable = true, isMetered = true)
            handset.background.wishes.clear()
            val session = handset.session
            val shop = handset.waiting { session.saha.customers.search("", limit = 1) }.single()
            val visit = handset.waiting { session.saha.visits.checkIn(shop.id) }
            val picture = File.createTempFile("picture", ".jpg")
            picture.writeBytes(byteArrayOf(0xff.toByte(), 0xd8.toByte(), 0xff.toByte()) + UUID.randomUUID().toString().toByteArray())
            handset.waiting { session.saha.photos.attach(visit.id, NewPhoto(picture.path, PhotoPurpose.SHELF)) }
            assertEquals(Result.success(), outcome(BackgroundKind.SENDING))
            assertEquals(1L, handset.status().filesWaiting)
            assertTrue("asked for", BackgroundKind.FILES in handset.background.wishes)
            session.keeper.memory = session.keeper.memory.copy(sendsFilesOnMeteredNetworks = true)
            assertEquals(Result.success(), outcome(BackgroundKind.FILES))
            assertEquals(0L, handset.status().filesWaiting)
        }
    }

    @Test
    fun `a wish of another build fails for good`() {
        Handset().use {
            val working = begin("STREAMING")
            eventually("the end of the work") { working.isDone }
            assertEquals(Result.failure(), working.get())
        }
    }

    @Test
    fun `WorkManager keeps one wish of a kind, each with the network that it wants`() {
        WorkManagerTestInitHelper.initializeTestWorkManager(context)
        val scheduler = WorkScheduler(context)
        BackgroundKind.entries.forEach { kind -> repeat(3) { scheduler.submit(kind) } }
        val wishes = BackgroundKind.entries.associateWith(::wish)
        assertEquals(NetworkType.CONNECTED, wishes.getValue(BackgroundKind.REFRESH).constraints.requiredNetworkType)
        assertEquals(NetworkType.CONNECTED, wishes.getValue(BackgroundKind.SENDING).constraints.requiredNetworkType)
        assertEquals(NetworkType.UNMETERED, wishes.getValue(BackgroundKind.FILES).constraints.requiredNetworkType)
        val periods = wishes.mapValues { it.value.periodicityInfo?.repeatIntervalMillis }
        assertEquals(WorkScheduler.PERIOD.toMillis(), periods[BackgroundKind.REFRESH])
        assertEquals(null, periods[BackgroundKind.SENDING])
        assertFalse("they wait", wishes.values.any { it.state != WorkInfo.State.ENQUEUED })
    }

    private fun wish(kind: BackgroundKind): WorkInfo =
        WorkManager.getInstance(context).getWorkInfosForUniqueWork(WorkScheduler.name(kind)).get().single()
}
