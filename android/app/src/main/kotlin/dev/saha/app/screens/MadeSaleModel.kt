package dev.saha.app.screens

import androidx.compose.runtime.getValue
import androidx.compose.runtime.mutableStateOf
import androidx.compose.runtime.setValue
import dev.saha.amount
import dev.saha.app.app.Session
import dev.saha.app.app.Trouble
import dev.saha.app.app.orNull
import dev.saha.domain.Kind
import dev.saha.domain.Money
import dev.saha.domain.ProductId
import dev.saha.domain.Sale
import dev.saha.domain.SaleId
import dev.saha.domain.SaleLineId
import dev.saha.domain.SaleState
import dev.saha.net
import dev.saha.tax
import dev.saha.unitPrice
import java.math.BigDecimal

/** A sale that was made: what it came to, and its correction. Where the company refused it, this repairs it. */
class MadeSaleModel(
    private val session: Session,
    private val formats: Formats,
    private val id: SaleId,
) {
    /** A line of it. */
    data class Line(
        /** The line. */
        val id: SaleLineId,
        /** The product's name; null where it is not on this phone. */
        val name: String?,
        /** How much, written out. */
        val quantity: String,
        /** How much. */
        val amount: BigDecimal,
        /** What one unit cost, written out. */
        val price: String,
        /** What one unit cost, in major units. */
        val unitPrice: BigDecimal,
        /** What the line came to without tax, written out. */
        val net: String,
    )

    /** The sale; null while it is looked for. */
    var sale by mutableStateOf<Sale?>(null)
        private set

    /** To whom. */
    var name by mutableStateOf("")
        private set

    /** Its lines. */
    var lines by mutableStateOf<List<Line>>(emptyList())
        private set

    /** How it stands, in words. */
    var state by mutableStateOf("")
        private set

    /** Without tax, written out. */
    var net by mutableStateOf("")
        private set

    /** The tax on it, written out. */
    var tax by mutableStateOf("")
        private set

    /** Whether something is being saved, and what went wrong. */
    val trouble = Trouble(session.lang)

    /** Whether it counts, so that it can be corrected. */
    val isConfirmed: Boolean get() = sale?.state == SaleState.CONFIRMED

    /** Shows it, now and after every change. */
    suspend fun run() {
        val saha = session.saha
        val query = saha.live(Kind.SALE, Kind.PRODUCT, Kind.CUSTOMER) {
            val sale = saha.sales.get(id)
            val names = sale.lines.associate { it.product to orNull { saha.products.get(it.product).name } }
            Triple(sale, saha.customers.name(sale.customer), names)
        }
        trouble.follow(query) { (sale, name, names) -> show(sale, name, names) }
    }

    /** Corrects how much was sold. */
    suspend fun set(amount: BigDecimal, line: SaleLineId) {
        trouble.attempt { session.saha.sales.changeLine(id, line, quantityMilli = amount.milli) }
    }

    /** Corrects the price of one unit, in major units. */
    suspend fun setPrice(price: BigDecimal, line: SaleLineId) {
        val currency = sale?.currency ?: return
        val corrected = unitPrice(price, currency) ?: return
        trouble.attempt { session.saha.sales.changeLine(id, line, unitPrice = corrected) }
    }

    /** Takes a line out. */
    suspend fun remove(line: SaleLineId) {
        trouble.attempt { session.saha.sales.removeLine(id, line) }
    }

    /** Cancels the sale: the document stays. */
    suspend fun cancel() {
        trouble.attempt { session.saha.sales.cancel(id) }
    }

    private fun show(sale: Sale, name: String, names: Map<ProductId, String?>) {
        this.sale = sale
        this.name = name
        state = sale.state.text(session.lang)
        net = formats.money(sale.net)
        tax = formats.money(sale.tax)
        lines = sale.lines.map { line ->
            Line(
                id = line.id,
                name = names[line.product],
                quantity = formats.quantity(line.quantity.amountMilli, line.quantity.unit),
                amount = line.quantity.amount,
                price = formats.price(line.unitPrice),
                unitPrice = line.unitPrice.amount,
                net = formats.money(Money(line.netMinor, sale.currency)),
            )
        }
    }
}
