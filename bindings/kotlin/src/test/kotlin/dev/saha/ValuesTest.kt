package dev.saha

import dev.saha.domain.Money
import dev.saha.domain.Quantity
import dev.saha.domain.UnitPrice
import org.junit.jupiter.api.Assertions.assertEquals
import org.junit.jupiter.api.Assertions.assertNull
import org.junit.jupiter.api.Test
import java.math.BigDecimal

class ValuesTest {
    @Test
    fun `an amount has as many digits as its currency`() {
        assertEquals(BigDecimal("12.50"), Money(1_250, "TRY").amount)
        assertEquals(BigDecimal("-1250"), Money(-1_250, "JPY").amount)
        assertEquals(BigDecimal("1.250"), Quantity(1_250, "kg").amount)
    }

    @Test
    fun `a price is rounded to the millionth, half to even`() {
        assertEquals(UnitPrice(456_700, "TRY"), unitPrice(BigDecimal("0.4567"), "TRY"))
        assertEquals(BigDecimal("0.456700"), UnitPrice(456_700, "TRY").amount)
        assertEquals(2, unitPrice(BigDecimal("0.0000025"), "TRY")?.amountMicro)
        assertEquals(4, unitPrice(BigDecimal("0.0000035"), "TRY")?.amountMicro)
    }

    @Test
    fun `a price that no record can hold is none`() {
        assertNull(unitPrice(BigDecimal("9223372036854.775808"), "TRY"))
        assertEquals(Long.MAX_VALUE, unitPrice(BigDecimal("9223372036854.775807"), "TRY")?.amountMicro)
    }
}
