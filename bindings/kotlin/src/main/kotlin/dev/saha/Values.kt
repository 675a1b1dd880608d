package dev.saha

import dev.saha.domain.CurrencyCode
import dev.saha.domain.Money
import dev.saha.domain.Quantity
import dev.saha.domain.Sale
import dev.saha.domain.UnitPrice
import dev.saha.domain.currencyDigits
import java.math.BigDecimal
import java.math.RoundingMode

// The records keep what the core counts with, whole numbers; here are the same values as a formatter wants them.

/** The price in major units of its currency: 0.4567 lira. */
public val UnitPrice.amount: BigDecimal get() = BigDecimal.valueOf(amountMicro, MICRO_DIGITS)

/**
 * A price of [amount] major units, to the millionth; what is beyond that is rounded half to even. Null where it does not fit.
 *
 * ```kotlin
 * val price = unitPrice("4.5".toBigDecimal(), "TRY")
 * ```
 */
public fun unitPrice(amount: BigDecimal, currency: CurrencyCode): UnitPrice? {
    val micro = amount.movePointRight(MICRO_DIGITS).setScale(0, RoundingMode.HALF_EVEN).toBigInteger()
    return if (micro.bitLength() < Long.SIZE_BITS) UnitPrice(micro.toLong(), currency) else null
}

/** How much, in the product's unit. */
public val Quantity.amount: BigDecimal get() = BigDecimal.valueOf(amountMilli, MILLI_DIGITS)

/** The amount in major units of its currency: 12.50 lira. `SahaException.InvalidInput` where that is no currency. */
public val Money.amount: BigDecimal get() = BigDecimal.valueOf(amountMinor, saying { currencyDigits(currency) })

/** The sale without tax. */
public val Sale.net: Money get() = Money(netMinor, currency)

/** The tax on it. */
public val Sale.tax: Money get() = Money(taxMinor, currency)

private const val MICRO_DIGITS = 6
private const val MILLI_DIGITS = 3
