package dev.saha.app.screens

import androidx.compose.runtime.getValue
import androidx.compose.runtime.mutableIntStateOf
import androidx.compose.runtime.mutableStateOf
import androidx.compose.runtime.setValue
import dev.saha.app.app.LineDraft
import dev.saha.app.app.Route
import dev.saha.app.app.SaleDraft
import dev.saha.app.app.Saving
import dev.saha.app.app.Session
import dev.saha.app.app.Trouble
import dev.saha.app.app.orNull
import dev.saha.app.app.with
import dev.saha.core.NewSale
import dev.saha.core.SaleQuote
import dev.saha.domain.CustomerId
import dev.saha.domain.Kind
import dev.saha.domain.Product
import dev.saha.domain.ProductId
import dev.saha.domain.SahaException
import dev.saha.domain.SaleId
import dev.saha.domain.VisitId
import dev.saha.unitPrice
import java.math.BigDecimal

/** A sale that is put together. What it comes to is the core's to say. */
class SaleModel(
    private val session: Session,
    private val formats: Formats,
    private val customer: CustomerId,
    private val visit: VisitId?,
) {
    /** What it comes to so far, written out. */
    class Sums internal constructor(
        /** Without tax. */
        val net: String,
        /** The tax on it. */
        val tax: String,
        /** What the customer pays. */
        val total: String,
        internal val lineNets: Map<ProductId, String>,
    )

    /** To whom. */
    var name by mutableStateOf("")
        private set

    private val typed = mutableStateOf("")

    /** What the rep types to find a product. */
    var text: String
        get() = typed.value
        set(value) {
            if (typed.value == value) return
            typed.value = value
            query += 1
        }

    /** What the lines come to; null where there are none, or where no sale can be made of them. */
    var sums by mutableStateOf<Sums?>(null)
        private set

    /** Why no sale can be made of the lines, in the core's words. */
    var objection by mutableStateOf<String?>(null)
        private set

    /** Products that were found. */
    var products by mutableStateOf<List<Product>>(emptyList())
        private set

    /** Changes with what is looked for: whoever shows it begins [search] anew. */
    var query by mutableIntStateOf(0)
        private set

    /** The rep's own words. */
    var note: String
        get() = draft.note
        set(value) = change { it.copy(note = value) }

    /** Whether it is being saved, and what went wrong. */
    val trouble = Trouble(session.lang)

    /** What is sold so far. */
    val lines: List<LineDraft> get() = draft.lines

    /** Whether there is anything to save. */
    val canSave: Boolean get() = !trouble.isBusy && lines.isNotEmpty()

    /** Shows to whom it is, and what was begun before the process ended. */
    suspend fun run() {
        settle()
        name = orNull { session.saha.customers.name(customer) }.orEmpty()
    }

    /** Shows the products that the text names. */
    suspend fun search() {
        val (saha, text) = session.saha to text
        trouble.follow(saha.live(Kind.PRODUCT) { saha.products.search(text) }) { products = it }
    }

    /** Shows what [lines] come to, now and whenever a price of the company changes. Whoever shows it begins anew with other lines. */
    suspend fun quote(lines: List<LineDraft>) {
        sums = sums.takeIf { lines.isNotEmpty() }
        objection = null
        if (lines.isEmpty()) return
        val sales = session.saha.sales
        trouble.follow(session.saha.live(Kind.PRODUCT) { asked { sales.quote(lines.map { it.asNew }) } }) { (quote, error) ->
            sums = quote?.let { sums(it, lines) }
            objection = error?.text(session.lang)
        }
    }

    /** What a line comes to without tax, written out; null where that is not known. */
    fun net(line: LineDraft): String? = sums?.lineNets?.get(line.id)

    /** One unit more of a product. */
    fun add(product: Product) = change { draft ->
        val isThere = draft.lines.any { it.id == product.id }
        draft.copy(lines = if (isThere) draft.lines.map { it.more(product.id) } else draft.lines + line(product))
    }

    /** Another quantity of a product, as the rep typed it; nothing takes the line out. */
    fun set(amount: BigDecimal, product: ProductId) = change { draft ->
        val milli = amount.milli
        draft.copy(
            lines = draft.lines.mapNotNull {
                if (it.id != product) it else it.copy(quantityMilli = milli).takeIf { milli > 0 }
            },
        )
    }

    /** A price of this sale's own, in major units; null is the list's. */
    fun setPrice(price: BigDecimal?, product: ProductId) = change { draft ->
        draft.copy(
            lines = draft.lines.map { line ->
                val own = price?.let { unitPrice(it, line.currency) }
                if (line.id == product) line.copy(priceMicro = own?.amountMicro) else line
            },
        )
    }

    /** What one unit costs in this sale, written out. */
    fun price(line: LineDraft): String = formats.price(line.price)

    /** What a product costs, written out. */
    fun price(product: Product): String = formats.price(product.unitPrice)

    /** Makes the sale, and shows it. */
    suspend fun save() {
        if (!canSave) return
        val sale = NewSale(customer, visit, lines.map { it.asNew }, note.filled)
        val made = trouble.attempt {
            val before = made()
            change { it.copy(saving = Saving(before)) }
            session.keeper.settled()
            session.saha.sales.create(sale)
        } ?: return change { it.copy(saving = null) }
        forget()
        session.navigation.open(Route.Made(made.id))
    }

    /** Drops what was begun. */
    fun forget() {
        session.drafts = session.drafts.copy(sales = session.drafts.sales - customer)
        session.navigation.close(Route.Sale(customer, visit))
    }

    /** The rep is still typing: what he has not got right yet is told beside the lines, and not in his way. */
    private suspend fun asked(quote: suspend () -> SaleQuote): Pair<SaleQuote?, SahaException?> = try {
        quote() to null
    } catch (invalid: SahaException.InvalidInput) {
        null to invalid
    } catch (gone: SahaException.NotFound) {
        null to gone
    }

    private fun sums(quote: SaleQuote, lines: List<LineDraft>) = Sums(
        net = formats.money(quote.net),
        tax = formats.money(quote.tax),
        total = formats.money(quote.total),
        lineNets = lines.map { it.id }.zip(quote.lineNets.map(formats::money)).toMap(),
    )

    /** Where the process ended while the sale was being saved, the core may have it. */
    private suspend fun settle() {
        val saving = draft.saving ?: return
        val made = orNull { made() } ?: return
        if (saving.before.containsAll(made)) change { it.copy(saving = null) } else forget()
    }

    private suspend fun made(): Set<SaleId> {
        val rep = session.saha.account.info().rep?.id
        return session.saha.sales.listOf(customer).filter { it.rep == rep }.map { it.id }.toSet()
    }

    private val draft: SaleDraft get() = session.drafts.sales[customer] ?: SaleDraft(visit)

    private fun change(change: (SaleDraft) -> SaleDraft) {
        session.drafts = session.drafts.copy(sales = session.drafts.sales.with(customer, change(draft)))
    }
}

private fun LineDraft.more(product: ProductId): LineDraft = if (id == product) copy(quantityMilli = quantityMilli + MILLI) else this

private fun line(product: Product): LineDraft = LineDraft(
    id = product.id,
    name = product.name,
    unit = product.unit,
    currency = product.unitPrice.currency,
    listPriceMicro = product.unitPrice.amountMicro,
    quantityMilli = MILLI,
)

/** A quantity in thousandths of its unit; what is beyond that is cut off. */
internal val BigDecimal.milli: Long get() = movePointRight(MILLI_DIGITS).toLong()

private const val MILLI = 1_000L
private const val MILLI_DIGITS = 3
