package dev.saha

import dev.saha.sample.morning
import org.junit.jupiter.api.Assertions.assertEquals
import org.junit.jupiter.api.Assertions.assertTrue
import org.junit.jupiter.api.Test
import java.nio.file.Files

class SampleTest {
    @Test
    fun `the sample runs as it is`() = waiting {
        val folder = Files.createTempDirectory("saha-sample")
        val said = mutableListOf<String>()
        morning(TestCompany.istanbul.url, TestPhone.LOGIN, TestPhone.PASSWORD, "$folder", said::add)
        assertTrue(Regex("Ayşe Yılmaz sees \\d+ customers or more").matches(said.first()), "$said")
        assertEquals("The first visit of the day is over", said[said.size - 3])
        assertTrue(Regex("\\d+ changes are at the company").matches(said[said.size - 2]), "$said")
        folder.toFile().deleteRecursively()
    }
}
