package dev.saha.scenario

import dev.saha.domain.Problem
import dev.saha.domain.SahaException
import kotlinx.serialization.json.Json
import org.junit.jupiter.api.Assertions.assertEquals
import org.junit.jupiter.api.Assertions.assertNull
import org.junit.jupiter.api.Test

class ValuesTest {
    private val actual = Json.parseToJsonElement("""{"id":"0198c0de-0000-7000-8000-000000000001","lines":[{"n":1},{"n":2}]}""")

    private fun differenceTo(expected: String) = difference(Json.parseToJsonElement(expected), actual, "result")

    @Test
    fun `an expectation is part of what comes out`() {
        for (met in listOf("""{"id":"<uuid>","gone":null}""", """{"lines":[{"n":1},{}]}""", """{"lines":[{"n":1},"<more>"]}""")) {
            assertNull(differenceTo(met))
        }
        assertEquals("result.lines.1.n", differenceTo("""{"lines":[{},{"n":3}]}""")?.substringBefore(':'))
        assertEquals("result.lines", differenceTo("""{"lines":[{"n":1}]}""")?.substringBefore(':'))
        assertEquals("result.lines", differenceTo("""{"lines":[{},{},{},"<more>"]}""")?.substringBefore(':'))
        assertEquals("result.gone", differenceTo("""{"gone":"<any>"}""")?.substringBefore(':'))
        assertEquals("result.lines", differenceTo("""{"lines":"<uuid>"}""")?.substringBefore(':'))
    }

    @Test
    fun `an error is its name, with its fields where it has any`() {
        val tooLong = SahaException.InvalidInput("name", Problem.TooLong(64))
        assertEquals("""{"invalid_input":{"field":"name","problem":{"too_long":{"max_chars":64}}}}""", "${shown(tooLong)}")
        assertEquals("\"out_of_range\"", "${shown(Problem.OutOfRange)}")
        assertEquals("\"busy\"", "${shown(SahaException.Busy())}")
    }
}
