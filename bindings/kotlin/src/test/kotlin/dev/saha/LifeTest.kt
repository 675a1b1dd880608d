package dev.saha

import dev.saha.core.NewCall
import dev.saha.core.TestClock
import dev.saha.domain.CallDirection
import dev.saha.domain.CallDisposition
import dev.saha.domain.Kind
import dev.saha.domain.Lang
import dev.saha.domain.SahaException
import dev.saha.sample.MemorySecrets
import kotlinx.coroutines.CancellationException
import kotlinx.coroutines.CoroutineStart
import kotlinx.coroutines.Dispatchers
import kotlinx.coroutines.cancelAndJoin
import kotlinx.coroutines.coroutineScope
import kotlinx.coroutines.delay
import kotlinx.coroutines.flow.catch
import kotlinx.coroutines.flow.first
import kotlinx.coroutines.launch
import org.junit.jupiter.api.Assertions.assertEquals
import org.junit.jupiter.api.Assertions.assertTrue
import org.junit.jupiter.api.Test
import org.junit.jupiter.api.assertThrows
import java.nio.file.Files

/** From opening to shutdown, bugs included. */
class LifeTest {
    @Test
    fun `after a shutdown everything says so, a second one does nothing, and the folder opens anew`() = waiting {
        TestPhone.filled { phone ->
            val saha = phone.saha
            val visit = saha.visits.checkIn(phone.aCustomer().id)
            saha.shutdown()
            saha.shutdown()
            saha.close()
            val asks: List<suspend () -> Any?> =
                listOf(
                    { saha.customers.search("") },
                    { saha.visits.inProgress() },
                    { saha.outbox.list() },
                    { saha.sync.status() },
                    { saha.sync.run() },
                    { saha.account.signIn(TestCompany.istanbul.url, TestPhone.LOGIN, TestPhone.PASSWORD) },
                    { saha.observe { _, _ -> } },
                    { saha.live(Kind.VISIT) { saha.visits.inProgress() }.first() },
                )
            for (ask in asks) assertThrows<SahaException.Closed> { ask() }
            saha.sync.cancel()
            Saha.open(phone.config, phone.secrets).use { assertEquals(visit, it.visits.inProgress()) }
        }
    }

    @Test
    fun `one's own data is one document`() = waiting {
        TestPhone.filled { phone ->
            val customer = phone.aCustomer()
            val call = phone.saha.calls.log(NewCall(customer.id, CallDisposition.NO_ANSWER, CallDirection.OUTGOING))
            assertEquals("cevap yok", call.disposition.text(Lang.TR))
            val file = Files.createTempDirectory("saha-export").resolve("mine.json")
            val export = phone.saha.account.export("$file")
            assertEquals(export.bytes, Files.size(file))
            assertTrue("${call.id}" in Files.readString(file))
            file.parent.toFile().deleteRecursively()
        }
    }

    @Test
    fun `a live query of a core that is shut fails with what it says`() = waiting {
        TestPhone.filled { phone ->
            phone.saha.shutdown()
            val seen = phone.saha
                .live(Kind.VISIT) {
                    phone.saha.visits
                        .inProgress()
                        .toString()
                }.catch { emit("$it") }
                .first()
            assertEquals("the core is closed", seen)
        }
    }

    @Test
    fun `a cancelled opening leaves the folder free`() = waiting {
        val folder = Files.createTempDirectory("saha-phone")
        repeat(20) { round ->
            coroutineScope {
                val opening = launch(Dispatchers.Default) { Saha.open(TestPhone.config(folder), MemorySecrets()).close() }
                delay(round.toLong())
                opening.cancelAndJoin()
            }
            // It would wait for five seconds and be busy.
            Saha.open(TestPhone.config(folder), MemorySecrets()).close()
        }
        folder.toFile().deleteRecursively()
    }

    @Test
    fun `a cancelled coroutine gets no answer, but what it wrote is written`() = waiting {
        TestPhone.filled { phone ->
            val customer = phone.aCustomer().id
            var told = false
            coroutineScope {
                val work =
                    launch(start = CoroutineStart.UNDISPATCHED) {
                        assertThrows<CancellationException> { phone.saha.visits.checkIn(customer) }
                        told = true
                    }
                work.cancelAndJoin()
            }
            assertTrue(told)
            // Begun or not: the core agrees with itself.
            assertEquals(emptyList<String>(), phone.saha.verifyFigures())
            assertEquals(
                phone.saha.outbox
                    .list()
                    .size,
                if (phone.saha.visits.inProgress() == null) 0 else 1,
            )
        }
    }

    @Test
    fun `a panic is an internal error, keeps nothing of what it broke off, and the core works on`() = waiting {
        val clock = TestClock(1_795_467_890_123)
        TestPhone.filled(clock) { phone ->
            val customer = phone.aCustomer().id
            clock.panicAtNextReading()
            val panic = assertThrows<SahaException.Internal> { phone.saha.visits.checkIn(customer) }
            assertTrue("a test asked the clock for a panic" in panic.reason, panic.reason)
            assertEquals(null, phone.saha.visits.inProgress())
            val visit = phone.saha.visits.checkIn(customer)
            assertEquals(visit, phone.saha.visits.inProgress())
            assertEquals(
                1,
                phone.saha.outbox
                    .list()
                    .size,
            )
            assertEquals(emptyList<String>(), phone.saha.verifyFigures())
        }
    }

    @Test
    fun `who was here before is known by name`() = waiting {
        val folder = Files.createTempDirectory("saha-shared")
        for (login in listOf("mehmet.kaya", "Ayse.Yilmaz")) {
            Saha.open(TestPhone.config(folder).copy(account = login), MemorySecrets()).close()
        }
        assertEquals(listOf("ayse.yilmaz", "mehmet.kaya"), Saha.knownAccounts("$folder"))
        folder.toFile().deleteRecursively()
    }
}
