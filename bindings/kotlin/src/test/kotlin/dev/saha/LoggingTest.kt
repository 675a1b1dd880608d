package dev.saha

import dev.saha.core.LogLevel
import dev.saha.core.TestClock
import dev.saha.domain.SahaException
import org.junit.jupiter.api.Assertions.assertEquals
import org.junit.jupiter.api.Assertions.assertNull
import org.junit.jupiter.api.Test
import org.junit.jupiter.api.assertThrows
import java.util.concurrent.LinkedBlockingQueue
import java.util.concurrent.TimeUnit

class LoggingTest {
    private val lines = LinkedBlockingQueue<Triple<LogLevel, String, String>>()

    private fun log(level: LogLevel) = Saha.initLogging(level) { grave, target, text -> lines += Triple(grave, target, text) }

    private fun line(part: String): Triple<LogLevel, String, String>? =
        generateSequence { lines.poll(10, TimeUnit.SECONDS) }.firstOrNull { part in it.third }

    @Test
    fun `the core's lines and its panics come to the sink, and a sink that throws ends nothing`() = waiting {
        Saha.initLogging(LogLevel.TRACE) { _, _, _ -> error("a bug of the app") }
        val clock = TestClock(1_795_467_890_123)
        TestPhone.filled(clock) { phone ->
            phone.saha.observe { _, _ -> error("a listener's bug") }.close()
            log(LogLevel.WARN)
            phone.saha.observe { _, _ -> error("a listener's bug") }.close()
            val failed = line("a listener failed")
            assertEquals(LogLevel.WARN to "saha_core::saha", failed?.first to failed?.second)
            clock.panicAtNextReading()
            assertThrows<SahaException.Internal> { phone.saha.visits.checkIn(phone.aCustomer().id) }
            assertEquals("panic", line("a test asked the clock for a panic")?.second)
            log(LogLevel.ERROR)
            lines.clear()
            phone.saha.observe { _, _ -> error("a listener's bug") }.close()
            assertNull(lines.poll(300, TimeUnit.MILLISECONDS))
        }
    }
}
