package dev.saha.app.screens

import dev.saha.amount
import dev.saha.domain.CurrencyCode
import dev.saha.domain.Lang
import dev.saha.domain.Money
import dev.saha.domain.Quantity
import dev.saha.domain.UnitPrice
import java.math.BigDecimal
import java.math.RoundingMode
import java.text.NumberFormat
import java.time.Instant
import java.time.LocalDate
import java.time.ZoneId
import java.time.format.DateTimeFormatter
import java.time.format.FormatStyle
import java.util.Currency
import java.util.Locale

/** Something that a person chooses, with its name. */
data class Named<T>(
    /** What is chosen. */
    val value: T,
    /** In words. */
    val name: String,
)

/** Itself, and null where there is nothing in it. */
internal val String.filled: String? get() = takeIf { it.isNotBlank() }

/** The locale in which a language writes, in the phone's region where it speaks that language. */
internal val Lang.locale: Locale
    get() {
        val language = name.lowercase(Locale.ROOT)
        return Locale.getDefault().takeIf { it.language == language } ?: Locale.forLanguageTag(language)
    }

/** Typed values as the rep's language and region write them. */
class Formats(
    private val locale: Locale,
    private val zone: () -> ZoneId = ZoneId::systemDefault,
) {
    /** Money where there is a currency, else a count. */
    fun amount(value: Long, currency: CurrencyCode?): String = if (currency == null) count(value) else money(Money(value, currency))

    /** A whole number. */
    fun count(value: Long): String = NumberFormat.getIntegerInstance(locale).format(value)

    /** An amount with its currency. */
    fun money(money: Money): String = currency(money.currency, money.amount.scale()).format(money.amount)

    /** A price of one unit, with as many digits as it has. */
    fun price(price: UnitPrice): String {
        val format = currency(price.currency, digits = null)
        format.maximumFractionDigits = maxOf(format.minimumFractionDigits, price.amount.stripTrailingZeros().scale())
        return format.format(price.amount)
    }

    /** A quantity of a product, in thousandths of its unit. */
    fun quantity(amountMilli: Long, unit: String): String = "${decimal(Quantity(amountMilli, unit).amount)} $unit"

    /** A number with as many digits as it has. */
    fun decimal(amount: BigDecimal): String = number(amount).format(amount)

    /** A number as a field shows it, to be typed over. */
    fun typed(amount: BigDecimal): String = number(amount).apply { isGroupingUsed = false }.format(amount)

    /**
     * The number that was typed; null where it is none. Many keyboards have one separator, whatever the language: comma and dot mean
     * the same, and neither of them thousands.
     */
    fun read(text: String): BigDecimal? = text.trim().takeIf(NUMBER::matches)?.replace(',', '.')?.toBigDecimalOrNull()

    /** Basis points as a whole percentage. */
    fun percent(basisPoints: Long): String =
        NumberFormat.getPercentInstance(locale).format(BigDecimal.valueOf(basisPoints, BASIS_POINT_DIGITS))

    /** A distance along the ground. */
    fun distance(metres: Long): String = if (metres < METRES_A_KM) {
        "${count(metres)} m"
    } else {
        val km = BigDecimal.valueOf(metres, METRE_DIGITS).setScale(1, RoundingMode.HALF_EVEN)
        "${decimal(km)} km"
    }

    /** When something was, by the clock of where the phone is. */
    fun moment(instant: Instant): String = DateTimeFormatter
        .ofLocalizedDateTime(FormatStyle.MEDIUM, FormatStyle.SHORT)
        .withLocale(locale)
        .format(instant.atZone(zone()))

    /** A date of the calendar. */
    fun day(date: LocalDate): String = DateTimeFormatter.ofLocalizedDate(FormatStyle.MEDIUM).withLocale(locale).format(date)

    /** The time of the day, by the clock of where the phone is. */
    fun time(instant: Instant): String = DateTimeFormatter
        .ofLocalizedTime(FormatStyle.SHORT)
        .withLocale(locale)
        .format(instant.atZone(zone()))

    private fun number(amount: BigDecimal): NumberFormat = NumberFormat.getNumberInstance(locale).apply {
        maximumFractionDigits = maxOf(0, amount.stripTrailingZeros().scale())
    }

    private fun currency(code: CurrencyCode, digits: Int?): NumberFormat {
        val format = NumberFormat.getCurrencyInstance(locale)
        format.currency = Currency.getInstance(code)
        val shown = digits ?: format.currency.defaultFractionDigits
        format.minimumFractionDigits = shown
        format.maximumFractionDigits = shown
        return format
    }

    private companion object {
        const val BASIS_POINT_DIGITS = 4
        const val METRE_DIGITS = 3
        const val METRES_A_KM = 1_000
        val NUMBER = Regex("""[0-9]{1,12}([.,][0-9]{0,6})?""")
    }
}
