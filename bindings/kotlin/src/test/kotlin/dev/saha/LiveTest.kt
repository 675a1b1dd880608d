package dev.saha

import dev.saha.core.NewCall
import dev.saha.core.NewProspect
import dev.saha.domain.CallDirection
import dev.saha.domain.CallDisposition
import dev.saha.domain.Kind
import dev.saha.domain.RecordState
import kotlinx.coroutines.Dispatchers
import kotlinx.coroutines.cancelAndJoin
import kotlinx.coroutines.channels.Channel
import kotlinx.coroutines.coroutineScope
import kotlinx.coroutines.flow.filter
import kotlinx.coroutines.flow.first
import kotlinx.coroutines.flow.map
import kotlinx.coroutines.flow.produceIn
import kotlinx.coroutines.launch
import kotlinx.coroutines.runBlocking
import kotlinx.coroutines.withTimeoutOrNull
import org.junit.jupiter.api.Assertions.assertEquals
import org.junit.jupiter.api.Assertions.assertNull
import org.junit.jupiter.api.Assertions.assertTrue
import org.junit.jupiter.api.Test
import java.util.concurrent.atomic.AtomicInteger
import kotlin.time.Duration.Companion.milliseconds

/** Live queries, and listeners of code without coroutines. */
class LiveTest {
    @Test
    fun `the first answer comes first, and one more after each change of a kind that was named`() = waiting {
        TestPhone.filled { phone ->
            coroutineScope {
                val shown = Channel<String?>(Channel.UNLIMITED)
                val screen =
                    launch {
                        phone.saha
                            .live(
                                Kind.VISIT,
                            ) {
                                phone.saha.visits
                                    .inProgress()
                                    ?.let { "${it.id}" }
                            }.collect(shown::send)
                    }
                assertNull(shown.receive())
                phone.saha.customers.createProspect(NewProspect("Nokta Büfe"))
                assertNull(withTimeoutOrNull(300.milliseconds) { shown.receive() ?: "a customer is no visit" })
                val visit = phone.saha.visits.checkIn(phone.aCustomer().id)
                assertEquals("${visit.id}", shown.receive())
                screen.cancelAndJoin()
                phone.saha.visits.void(visit.id)
                assertNull(withTimeoutOrNull(300.milliseconds) { shown.receive() })
            }
        }
    }

    @Test
    fun `a slow collector gets the newest answer and not each one`() = waiting {
        TestPhone.filled { phone ->
            coroutineScope {
                val counts = Channel<Int>(Channel.RENDEZVOUS)
                val screen =
                    launch(Dispatchers.Default) {
                        phone.saha
                            .live(Kind.CUSTOMER) {
                                phone.saha.customers
                                    .search("Yavaş")
                                    .size
                            }.collect(counts::send)
                    }
                assertEquals(0, counts.receive())
                repeat(30) { phone.saha.customers.createProspect(NewProspect("Yavaş $it")) }
                val seen = mutableListOf<Int>()
                while (seen.lastOrNull() != 30) seen += counts.receive()
                assertTrue(seen.size <= 4, "$seen")
                screen.cancelAndJoin()
            }
        }
    }

    @Test
    fun `a query that wants it is answered anew when a change moves on its way`() = waiting {
        TestPhone.signedIn { phone ->
            coroutineScope {
                val saha = phone.saha
                val shop = phone.aCustomer().id
                val states = saha.live(Kind.CALL, outbox = true) { saha.customers.story(shop).map { it.state } }.produceIn(this)
                val before = states.receive()
                saha.calls.log(NewCall(shop, CallDisposition.BUSY, CallDirection.OUTGOING))
                do {
                    val seen = states.receive()
                } while (seen != listOf(RecordState.WAITING) + before)
                saha.sync.run()
                do {
                    val seen = states.receive()
                } while (seen != listOf(RecordState.CONFIRMED) + before)
                states.cancel()
            }
        }
    }

    @Test
    fun `the outbox and the way to the server are live`() = waiting {
        TestPhone.signedIn { phone ->
            coroutineScope {
                val saha = phone.saha
                val waiting = saha.outbox
                    .live()
                    .map { it.size }
                    .produceIn(this)
                val spinner = saha.sync
                    .live()
                    .map { it.isSyncing }
                    .produceIn(this)
                assertEquals(0, waiting.receive())
                assertEquals(false, spinner.receive())
                saha.customers.createProspect(NewProspect("Köşe Büfe"))
                assertEquals(1, waiting.receive())
                saha.sync.run()
                while (waiting.receive() != 0) continue
                assertEquals(
                    false,
                    saha.sync
                        .live()
                        .first { !it.isSyncing }
                        .isSyncing,
                )
                waiting.cancel()
                spinner.cancel()
            }
        }
    }

    @Test
    fun `a query that throws fails its flow and nobody else`() = waiting {
        TestPhone.filled { phone ->
            val broken = phone.saha.live(Kind.VISIT) { error("a bug of the app") }
            assertEquals("a bug of the app", runCatching { broken.first() }.exceptionOrNull()?.message)
            assertEquals(
                0,
                phone.saha
                    .live(Kind.VISIT) {
                        phone.saha.outbox
                            .list()
                            .size
                    }.filter { it == 0 }
                    .first(),
            )
        }
    }

    @Test
    fun `a listener that throws harms nobody`() = waiting {
        TestPhone.filled { phone ->
            val heard = AtomicInteger()
            phone.saha
                .observe { _, _ ->
                    heard.incrementAndGet()
                    error("a bug of the app")
                }.use {
                    assertEquals(1, heard.get())
                    phone.saha.visits.checkIn(phone.aCustomer().id)
                    assertEquals(2, heard.get())
                }
            phone.saha.visits.checkIn(phone.aCustomer().id)
            assertEquals(2, heard.get(), "it was closed")
        }
    }

    @Test
    fun `a listener may call back into the core`() = waiting {
        TestPhone.filled { phone ->
            val core = phone.saha
            val seen = mutableListOf<Int>()
            core
                .observe { kinds, outbox ->
                    if (Kind.VISIT in kinds && outbox) seen += runBlocking { core.outbox.list().size }
                }.use {
                    core.visits.checkIn(phone.aCustomer().id)
                    core.visits.checkIn(phone.aCustomer().id)
                }
            // The second one ends the first, too.
            assertEquals(listOf(0, 1, 3), seen)
        }
    }

    @Test
    fun `a listener that is never closed neither keeps the core open nor breaks anything`() = waiting {
        TestPhone.filled { phone ->
            repeat(200) { phone.saha.observe { _, _ -> } }
            phone.saha.visits.checkIn(phone.aCustomer().id)
            repeat(5) { System.gc() }
            phone.saha.visits.checkIn(phone.aCustomer().id)
            phone.saha.shutdown()
            Saha.open(phone.config, phone.secrets).use { assertEquals(3, it.outbox.list().size) }
        }
    }
}
