package dev.saha.bench

import dev.saha.MAX_PAGE
import dev.saha.Saha
import dev.saha.TestCompany
import dev.saha.TestPhone
import kotlinx.coroutines.runBlocking
import java.util.Locale

/**
 * What an app pays for the core, through the whole layer with its dispatcher: a figure a line, as JSON.
 *
 * `java -cp … -Djna.library.path=FOLDER -Dsaha.server=PROGRAM dev.saha.bench.Bench`, with libraries of a release.
 */
object Bench {
    private const val CUSTOMERS = 300

    @JvmStatic
    fun main(arguments: Array<String>): Unit = runBlocking {
        TestCompany.start().use { company ->
            company.importCustomers((1..CUSTOMERS).map { "K%05d".format(it) })
            TestPhone.signedIn(company.url) { phone -> measure(phone.saha) }
        }
    }

    private suspend fun measure(saha: Saha) {
        val id = saha.customers
            .search("", limit = 1)
            .single()
            .id
        tell("one record", "µs", median(5_000) { saha.customers.get(id) } / 1e3)
        tell("a page of 200 records", "ms", median(500) { saha.customers.search("", limit = MAX_PAGE) } / 1e6)
        tell("a sync with nothing new", "ms", median(100) { saha.sync.run() } / 1e6)
    }

    /** The median of [times] runs in nanoseconds, after half as many that only warm up. */
    private suspend fun median(times: Int, work: suspend () -> Unit): Double {
        repeat(times / 2) { work() }
        val took = LongArray(times) {
            val begun = System.nanoTime()
            work()
            System.nanoTime() - begun
        }
        took.sort()
        return took[times / 2].toDouble()
    }

    private fun tell(name: String, unit: String, value: Double) =
        println("""{"name":"$name","value":${"%.4f".format(Locale.ROOT, value)},"unit":"$unit"}""")
}
