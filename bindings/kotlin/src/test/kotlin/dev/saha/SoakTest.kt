package dev.saha

import com.sun.jna.Memory
import dev.saha.domain.Kind
import kotlinx.coroutines.flow.first
import org.junit.jupiter.api.Assertions.assertTrue
import org.junit.jupiter.api.Test
import org.junit.jupiter.api.condition.EnabledOnOs
import org.junit.jupiter.api.condition.OS
import java.io.File

/** Memory of the process, Rust's included. The test's JVM has all of its heap from the start, so that it does not count. */
@EnabledOnOs(OS.LINUX)
class SoakTest {
    private fun residentBytes(): Long {
        repeat(3) {
            System.gc()
            Thread.sleep(50)
        }
        return File("/proc/self/statm").readText().split(' ')[1].toLong() * 4_096
    }

    private suspend fun grown(work: suspend () -> Unit): Long {
        val before = residentBytes()
        work()
        return residentBytes() - before
    }

    private suspend fun use(phone: TestPhone, rounds: Int) = repeat(rounds) {
        val page = phone.saha.customers.search("", limit = MAX_PAGE)
        page.take(5).forEach { phone.saha.customers.get(it.id) }
        phone.saha.live(Kind.CUSTOMER) { phone.saha.customers.name(page.first().id) }.first()
        phone.saha.observe { _, _ -> }.close()
        runCatching { phone.saha.customers.get(java.util.UUID(7, it.toLong())) }
        phone.saha.sync.status()
    }

    @Test
    fun `thousands of calls, records, errors, subscriptions and cores leave memory flat`() = waiting {
        TestPhone.filled { phone ->
            val round: suspend () -> Unit = {
                use(phone, rounds = 400)
                repeat(10) { TestPhone.unused { } }
            }
            repeat(2) { round() }
            val grown = grown { repeat(3) { round() } }
            assertTrue(grown < BOUND_BYTES, "$grown bytes")
        }
    }

    @Test
    fun `the measure sees memory that is not given back`() = waiting {
        val kept = mutableListOf<Memory>()
        val grown = grown { repeat(1_200) { kept += Memory(PAGE_BYTES).apply { clear() } } }
        assertTrue(grown > BOUND_BYTES, "$grown bytes of ${kept.size * PAGE_BYTES}")
    }

    private companion object {
        /** One page of 200 customers on its way from Rust, lost each round, would be many times as much. */
        const val BOUND_BYTES = 32L * 1_024 * 1_024
        const val PAGE_BYTES = 40L * 1_024
    }
}
