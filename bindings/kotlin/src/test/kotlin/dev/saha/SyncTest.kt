package dev.saha

import dev.saha.core.NewProspect
import dev.saha.core.SyncBudget
import dev.saha.domain.SahaException
import kotlinx.coroutines.CancellationException
import kotlinx.coroutines.Dispatchers
import kotlinx.coroutines.async
import kotlinx.coroutines.awaitAll
import kotlinx.coroutines.cancelAndJoin
import kotlinx.coroutines.coroutineScope
import kotlinx.coroutines.flow.first
import kotlinx.coroutines.launch
import org.junit.jupiter.api.Assertions.assertEquals
import org.junit.jupiter.api.Assertions.assertFalse
import org.junit.jupiter.api.Assertions.assertTrue
import org.junit.jupiter.api.Test
import org.junit.jupiter.api.assertThrows
import kotlin.time.Duration.Companion.seconds
import kotlin.time.measureTime

/** Syncing with a real server, over ways that break. */
class SyncTest {
    /** Ayşe's phone with [changes] prospects that the company lacks, behind a relay that lets nothing through. */
    private suspend fun stalled(changes: Int, test: suspend (TestPhone, Relay) -> Unit) =
        Relay(TestCompany.istanbul.port).use { relay ->
            TestPhone.signedIn(relay.url) { phone ->
                repeat(changes) { phone.saha.customers.createProspect(NewProspect("Durak Büfe $it")) }
                relay.block()
                test(phone, relay)
            }
        }

    @Test
    fun `a coroutine that is cancelled in mid-sync stops it and leaves nothing broken`() = waiting {
        stalled(changes = 3) { phone, relay ->
            coroutineScope {
                val sync = launch(Dispatchers.Default) { phone.saha.sync.run() }
                relay.awaitSwallowed()
                assertTrue(measureTime { sync.cancelAndJoin() } < 5.seconds)
                assertTrue(sync.isCancelled)
            }
            val status = phone.saha.sync
                .live()
                .first { !it.isSyncing }
            assertEquals(3L, status.waiting, "what got no answer waits again")
            relay.open()
            val report = phone.saha.sync.run()
            assertEquals(true to 3L, report.isComplete to report.applied)
            assertEquals(emptyList<Any>(), phone.saha.outbox.list())
            assertEquals(emptyList<String>(), phone.saha.verifyFigures())
        }
    }

    @Test
    fun `whoever else waits for a sync gets it when one caller is cancelled`() = waiting {
        stalled(changes = 1) { phone, relay ->
            coroutineScope {
                val given = launch(Dispatchers.Default) { phone.saha.sync.run() }
                relay.awaitSwallowed()
                val others = List(5) { async(Dispatchers.Default) { phone.saha.sync.run() } }
                given.cancelAndJoin()
                relay.open()
                assertTrue(others.awaitAll().all { it.isComplete })
                assertEquals(
                    0L,
                    phone.saha.sync
                        .status()
                        .waiting,
                )
            }
        }
    }

    @Test
    fun `everyone's sync can be cancelled, and that is an error and no cancellation`() = waiting {
        stalled(changes = 1) { phone, relay ->
            coroutineScope {
                val sync = async(Dispatchers.Default) { assertThrows<SahaException.Cancelled> { phone.saha.sync.run() } }
                relay.awaitSwallowed()
                phone.saha.sync.cancel()
                sync.await()
            }
        }
    }

    @Test
    fun `a budget of time ends a sync that hangs`() = waiting {
        stalled(changes = 1) { phone, _ ->
            val took =
                measureTime {
                    val error = assertThrows<SahaException.Offline> { phone.saha.sync.run(SyncBudget(maxMs = 1_500)) }
                    assertEquals("timeout", error.reason)
                }
            assertTrue(took < 10.seconds, "$took")
            assertEquals(
                1L,
                phone.saha.sync
                    .status()
                    .waiting,
            )
        }
    }

    @Test
    fun `a shutdown in mid-sync ends it`() = waiting {
        stalled(changes = 1) { phone, relay ->
            coroutineScope {
                val sync = async(Dispatchers.Default) { runCatching { phone.saha.sync.run() }.exceptionOrNull() }
                relay.awaitSwallowed()
                assertTrue(measureTime { phone.saha.shutdown() } < 5.seconds)
                val ended = sync.await()
                assertTrue(ended is SahaException.Closed || ended is SahaException.Cancelled, "$ended")
            }
            Saha.open(phone.config, phone.secrets).use { assertEquals(1L, it.sync.status().waiting) }
        }
    }

    @Test
    fun `a sign-in that is cancelled signs nobody in`() = waiting {
        Relay(TestCompany.istanbul.port).use { relay ->
            relay.block()
            TestPhone.unused { phone ->
                coroutineScope {
                    val work =
                        launch(Dispatchers.Default) {
                            assertThrows<CancellationException> {
                                phone.saha.account.signIn(relay.url, TestPhone.LOGIN, TestPhone.PASSWORD)
                            }
                        }
                    relay.awaitSwallowed()
                    work.cancelAndJoin()
                }
                assertFalse(
                    phone.saha.account
                        .info()
                        .isSignedIn,
                )
            }
        }
    }
}
