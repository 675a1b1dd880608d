package dev.saha

import dev.saha.core.AccountInfo
import dev.saha.core.OutboxEntry
import dev.saha.core.TestClock
import dev.saha.domain.ClockSource
import dev.saha.domain.Stamp
import org.junit.jupiter.api.Assertions.assertEquals
import org.junit.jupiter.api.Assertions.assertTrue
import org.junit.jupiter.api.Test
import java.nio.file.Path
import java.time.Duration
import java.time.Instant
import java.time.LocalDate
import java.time.OffsetDateTime
import java.util.UUID
import kotlin.io.path.isDirectory
import kotlin.io.path.listDirectoryEntries
import kotlin.io.path.name

class TimesTest {
    private val morning = OffsetDateTime.parse("2026-11-23T09:30:00+03:00")
    private val stamp =
        Stamp(
            deviceUtcMs = morning.toInstant().toEpochMilli() - 60_000,
            correctionMs = 60_000,
            zone = "Europe/Istanbul",
            utcOffsetS = 10_800,
            localDate = LocalDate.parse("2026-11-23"),
            monotonicMs = 5_000,
            bootId = "boot",
            source = ClockSource.SERVER,
            uncertaintyMs = 250,
        )

    @Test
    fun `a stamp is a moment of java time by the corrected clock`() {
        assertEquals(morning.toInstant(), stamp.at)
        assertEquals(morning, stamp.local)
        assertEquals(Duration.ofMillis(250), stamp.uncertainty)
        assertEquals(morning.toInstant().minusSeconds(60), stamp.copy(correctionMs = null).at)
    }

    @Test
    fun `ids are UUIDs and dates are LocalDates on the way there and back`() = waiting {
        val clock = TestClock(morning.toInstant().toEpochMilli())
        TestPhone.filled(clock) { phone ->
            val visit = phone.saha.visits.checkIn(phone.aCustomer().id)
            val id: UUID = visit.id
            assertEquals(7, id.version())
            assertEquals(visit, phone.saha.visits.get(id))
            assertEquals(LocalDate.parse("2026-11-23"), visit.checkIn.localDate)
            assertEquals(listOf(visit), phone.saha.visits.listOn(LocalDate.parse("2026-11-23")))
            assertEquals(emptyList<Any>(), phone.saha.visits.listOn(LocalDate.parse("2026-11-24")))
            val waiting = phone.saha.outbox
                .list()
                .single { it.recordId == "$id" }
            assertEquals(morning.toInstant(), waiting.capturedAt)
            assertTrue(
                phone.saha.targets
                    .progressAt(Instant.parse("2026-11-23T09:00:00Z"))
                    .isNotEmpty(),
            )
        }
    }

    @Test
    fun `every moment in milliseconds that a record shows is there as an Instant too`() {
        val moments = listOf("OutboxEntry.capturedMs", "OverriddenEdit.capturedMs", "SyncDiagnosis.oldestCapturedMs")
        val more = listOf("SyncStatus.lastSuccessMs", "SyncStatus.nextTryMs", "Stamp.deviceUtcMs")
        // Spans, which are Durations here or say what they are in their names.
        val spans =
            listOf("Stamp.correctionMs", "Stamp.monotonicMs", "Stamp.uncertaintyMs", "Location.fixAgeMs", "SyncBudget.maxMs")
        assertEquals((moments + more + spans).toSet(), records().flatMap { it.milliseconds() }.toSet())
    }

    private fun Class<*>.milliseconds() = declaredFields.map { "$simpleName.${it.name}" }.filter { it.endsWith("Ms") }

    /** The generated data classes. */
    private fun records(): List<Class<*>> = listOf(AccountInfo::class.java, Stamp::class.java)
        .flatMap { one ->
            val root = Path.of(
                one.protectionDomain.codeSource.location
                    .toURI(),
            )
            check(root.isDirectory())
            root
                .resolve(one.packageName.replace('.', '/'))
                .listDirectoryEntries("*.class")
                .map { it.name.removeSuffix(".class") }
                .filter { '$' !in it && !it.startsWith("Uniffi") && !it.startsWith("Ffi") }
                .map { Class.forName("${one.packageName}.$it", false, one.classLoader) }
                .filter { type -> type.methods.any { it.name == "component1" } }
        }.also { found -> check(OutboxEntry::class.java in found) }
}
