package dev.saha

import kotlinx.coroutines.flow.take
import kotlinx.coroutines.flow.toList
import kotlinx.coroutines.test.runTest
import org.junit.jupiter.api.Assertions.assertEquals
import org.junit.jupiter.api.Test

class PagingTest {
    private val asked = mutableListOf<Pair<Int, Int>>()

    private suspend fun page(limit: Int, offset: Int, of: Int): List<Int> {
        asked += limit to offset
        return (offset until minOf(of, offset + limit)).toList()
    }

    @Test
    fun `pages come until one is not full, and none too many`() = runTest {
        assertEquals((0 until 7).toList(), paged(3) { limit, offset -> page(limit, offset, 7) }.toList())
        assertEquals(listOf(3 to 0, 3 to 3, 3 to 6), asked)
        asked.clear()
        assertEquals((0 until 6).toList(), paged(3) { limit, offset -> page(limit, offset, 6) }.toList())
        assertEquals(listOf(3 to 0, 3 to 3, 3 to 6), asked)
    }

    @Test
    fun `a page that nobody collects is not read`() = runTest {
        assertEquals(listOf(0, 1), paged(3) { limit, offset -> page(limit, offset, 100) }.take(2).toList())
        assertEquals(listOf(3 to 0), asked)
    }

    @Test
    fun `ten thousand customers come through a sync, and page by page in order and once each`() = waiting {
        TestCompany.start().use { company ->
            val codes = (1..10_000).map { "K%05d".format(it) }
            company.importCustomers(codes)
            TestPhone.signedIn(company.url) { phone ->
                val found = paged { limit, offset -> phone.saha.customers.search("", limit, offset) }.toList()
                assertEquals(codes, found.map { it.code })
            }
        }
    }
}
