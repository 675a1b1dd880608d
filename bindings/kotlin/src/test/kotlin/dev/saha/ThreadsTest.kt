package dev.saha

import dev.saha.core.NewCall
import dev.saha.domain.CallDirection
import dev.saha.domain.CallDisposition
import dev.saha.domain.CustomerId
import dev.saha.domain.Kind
import kotlinx.coroutines.Dispatchers
import kotlinx.coroutines.async
import kotlinx.coroutines.awaitAll
import kotlinx.coroutines.coroutineScope
import kotlinx.coroutines.flow.first
import kotlinx.coroutines.flow.toList
import kotlinx.coroutines.launch
import kotlinx.coroutines.withContext
import org.junit.jupiter.api.Assertions.assertEquals
import org.junit.jupiter.api.Assertions.assertNotEquals
import org.junit.jupiter.api.Assertions.assertTrue
import org.junit.jupiter.api.Test
import java.util.concurrent.ConcurrentHashMap

class ThreadsTest {
    private fun call(customer: CustomerId) = NewCall(customer, CallDisposition.CONNECTED, CallDirection.OUTGOING, durationS = 60)

    @Test
    fun `many write and read at once, and nothing is lost or counted twice`() = waiting {
        TestPhone.filled { phone ->
            val (saha, customer) = phone.saha to phone.aCustomer().id
            val written =
                coroutineScope {
                    val readers = List(4) { launch(Dispatchers.Default) { repeat(40) { saha.customers.search("büfe") } } }
                    val writers =
                        List(8) { async(Dispatchers.Default) { List(15) { saha.calls.log(call(customer)).id } } }
                    readers.forEach { it.join() }
                    writers.awaitAll().flatten()
                }
            assertEquals(120, written.toSet().size)
            val read = paged { limit, offset -> saha.calls.listOf(customer, limit, offset) }.toList()
            assertEquals(written.toSet(), read.map { it.id }.toSet())
            assertEquals(120, saha.outbox.list().size)
            assertEquals(emptyList<String>(), saha.verifyFigures())
        }
    }

    @Test
    fun `many screens see the last write, whoever made it`() = waiting {
        TestPhone.filled { phone ->
            val (saha, customer) = phone.saha to phone.aCustomer().id
            coroutineScope {
                repeat(12) {
                    launch(
                        Dispatchers.Default,
                    ) { saha.live(Kind.CALL) { saha.calls.listOf(customer).size }.first { it == 20 } }
                }
                repeat(4) { launch(Dispatchers.Default) { repeat(5) { saha.calls.log(call(customer)) } } }
            }
        }
    }

    @Test
    fun `a local function does not run where it was called`() = waiting {
        val threads = ConcurrentHashMap.newKeySet<String>()
        TestPhone.filled { phone ->
            val caller = Thread.currentThread().name
            phone.saha.observe { _, _ -> threads += Thread.currentThread().name }.use {
                threads.clear()
                phone.saha.visits.checkIn(phone.aCustomer().id)
            }
            assertEquals(1, threads.size)
            assertNotEquals(caller, threads.single())
            assertTrue("DefaultDispatcher" in threads.single(), "$threads")
        }
    }

    @Test
    fun `what follows a sync does not run on the core's own thread, even in a coroutine without a dispatcher`() = waiting {
        TestPhone.signedIn { phone ->
            withContext(Dispatchers.Unconfined) {
                phone.saha.sync.run()
                val thread = Thread.currentThread().name
                assertTrue("DefaultDispatcher" in thread, thread)
            }
        }
    }
}
