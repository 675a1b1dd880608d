@file:UseSerializers(UuidSerializer::class)

package dev.saha.app.app

import dev.saha.amount
import dev.saha.core.NewSaleLine
import dev.saha.domain.CallDirection
import dev.saha.domain.CallDisposition
import dev.saha.domain.CallId
import dev.saha.domain.CurrencyCode
import dev.saha.domain.CustomerId
import dev.saha.domain.PhotoPurpose
import dev.saha.domain.PlanItemId
import dev.saha.domain.ProductId
import dev.saha.domain.Quantity
import dev.saha.domain.UnitPrice
import dev.saha.domain.VisitId
import kotlinx.serialization.Serializable
import kotlinx.serialization.UseSerializers
import java.math.BigDecimal
import java.time.LocalDate
import java.util.UUID

/** What a rep has begun to write and not saved yet. It outlives the process, and goes when it was saved. */
@Serializable
data class Drafts(
    /** Notes of visits that go on. */
    val notes: Map<VisitId, String> = emptyMap(),
    /** Visits of which a picture is being taken, and of what: another app is in front meanwhile, and this one may be ended. */
    val pictures: Map<VisitId, PhotoPurpose> = emptyMap(),
    /** One call for each customer. */
    val calls: Map<CustomerId, CallDraft> = emptyMap(),
    /** One sale for each customer. */
    val sales: Map<CustomerId, SaleDraft> = emptyMap(),
    /** Corrections of calls that were logged. */
    val corrections: Map<CallId, CallCorrection> = emptyMap(),
    /** Corrections of planned visits. */
    val stops: Map<PlanItemId, StopCorrection> = emptyMap(),
    /** A customer's own data; a prospect who is nobody yet stands under [NEWCOMER]. */
    val forms: Map<CustomerId, CustomerDraft> = emptyMap(),
) {
    companion object {
        /** The place of a prospect who is nobody yet. */
        val NEWCOMER = UUID(0, 0)
    }
}

/** The map with [value] under [key], and without the key where that is null. */
internal fun <K, V : Any> Map<K, V>.with(key: K, value: V?): Map<K, V> = if (value == null) this - key else this + (key to value)

/** A call that is being written down. */
@Serializable
data class CallDraft(
    val direction: CallDirection = CallDirection.OUTGOING,
    val durationS: Long = 0,
    val note: String = "",
    /** When the rep dialled from the app. */
    val dialledMs: Long? = null,
    /** Set while it is being saved. */
    val saving: Saving? = null,
)

/** A sale that is being put together. */
@Serializable
data class SaleDraft(
    val visit: VisitId? = null,
    val lines: List<LineDraft> = emptyList(),
    val note: String = "",
    /** Set while it is being saved. */
    val saving: Saving? = null,
)

/** A line of a sale that is being put together. */
@Serializable
data class LineDraft(
    /** The product, of which there is one line. */
    val id: ProductId,
    /** What it is called, how it is counted and what it costs. */
    val name: String,
    val unit: String,
    val currency: CurrencyCode,
    val listPriceMicro: Long,
    /** How much, in thousandths of the unit. */
    val quantityMilli: Long,
    /** A price of this sale's own. */
    val priceMicro: Long? = null,
) {
    /** How much, in the unit. */
    val amount: BigDecimal get() = Quantity(quantityMilli, unit).amount

    /** What one unit costs in this sale. */
    val price: UnitPrice get() = UnitPrice(priceMicro ?: listPriceMicro, currency)

    /** What the core is given. */
    val asNew: NewSaleLine get() = NewSaleLine(id, quantityMilli, priceMicro?.let { UnitPrice(it, currency) })
}

/** A customer's own data as a form has it: an empty text is none. */
@Serializable
data class CustomerDraft(
    /** Of a prospect, drawn when the form is begun: where the process ends while he is being saved, he is found by it. */
    val id: CustomerId? = null,
    val name: String = "",
    val taxNo: String = "",
    val phone: String = "",
    val district: String = "",
    val address: String = "",
    val note: String = "",
)

/** What is corrected in a call that was logged. */
@Serializable
data class CallCorrection(
    /** How it ended. */
    val disposition: CallDisposition,
    /** What came of it; null where they did not talk. */
    val outcome: String? = null,
    val durationS: Long = 0,
    /** The rep's own words. */
    val note: String = "",
) {
    /** How long they talked, in whole minutes. */
    val minutes: Int get() = (durationS / SECONDS_A_MINUTE).toInt()
}

/** What is corrected in a planned visit. */
@Serializable
data class StopCorrection(
    /** On which day, in days since 1970. */
    val epochDay: Long,
    /** Where it stands in the day, from 1. */
    val sequence: Int,
    /** What it is for. */
    val note: String = "",
) {
    /** On which day. */
    val date: LocalDate get() = LocalDate.ofEpochDay(epochDay)
}

internal const val SECONDS_A_MINUTE = 60

/**
 * What was there [before] something was saved. Where the process ended while it was, whoever comes next sees by this whether
 * the core has it: a draft that stayed behind must not become a second sale.
 */
@Serializable
data class Saving(
    val before: Set<UUID>,
)
