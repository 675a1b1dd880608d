package dev.saha.app.screens

import dev.saha.domain.Progress
import dev.saha.domain.TargetId

/** A target as a screen shows it: the core's figures, written out. */
data class TargetCard(
    /** The target. */
    val id: TargetId,
    /** The target in words. */
    val title: String,
    /** What was reached, everything that the company may still take counted. */
    val actual: String,
    /** What is wanted. */
    val wanted: String,
    /** How much of it, in percent; null where nothing is wanted. */
    val progress: String?,
    /** Against what was to be reached by now; null before the period's first working day. */
    val pace: String?,
    /** What is left. */
    val left: String,
    /** What that is a day; null where no working day is left. */
    val perDay: String?,
    /** Working days that are left, today's among them. */
    val daysLeft: Int,
    /** What today is to bring, and has brought; null where today is none of the period's working days. */
    val today: String?,
    /** What the company has, lacks and refused, where they are not the same. */
    val parts: Parts,
    /** The bar. */
    val bar: Bar,
) {
    /** What the number is made of. */
    data class Parts(
        /** What the company has. */
        val confirmed: String,
        /** What it does not have yet; null where there is nothing. */
        val waiting: String?,
        /** What it refused; null where there is nothing. */
        val refused: String?,
    )

    /** The bar's parts as shares of its width. */
    data class Bar(
        /** What the company has. */
        val confirmed: Float,
        /** What it does not have yet. */
        val waiting: Float,
        /** Where one would be by now. */
        val expected: Float?,
    )
}

/** The target, written out. */
fun Progress.card(formats: Formats): TargetCard {
    val amount = { value: Long -> formats.amount(value, currency) }
    return TargetCard(
        id = target,
        title = title,
        actual = amount(actual),
        wanted = amount(targetValue),
        progress = progressBp?.let(formats::percent),
        pace = paceBp?.let(formats::percent),
        left = amount(remaining),
        perDay = requiredPerDay?.let(amount),
        daysLeft = workingDaysLeft.toInt(),
        today = todayQuota?.let { "${amount(todayActual)} / ${amount(it)}" },
        parts = TargetCard.Parts(
            confirmed = amount(confirmed),
            waiting = waiting.takeIf { it != 0L }?.let(amount),
            refused = rejected.takeIf { it != 0L }?.let(amount),
        ),
        bar = bar(),
    )
}

private fun Progress.bar(): TargetCard.Bar {
    val width = maxOf(targetValue, actual, 1).toDouble()
    val share = { value: Long -> (value / width).coerceIn(0.0, 1.0).toFloat() }
    val confirmed = share(confirmed)
    return TargetCard.Bar(confirmed, minOf(1 - confirmed, share(waiting)), expected?.let(share))
}
