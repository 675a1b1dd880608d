package dev.saha

import dev.saha.core.NewSale
import dev.saha.core.NewSaleLine
import dev.saha.core.SaleQuote
import dev.saha.domain.CustomerId
import dev.saha.domain.Sale
import dev.saha.domain.SaleId
import dev.saha.domain.SaleLineId
import dev.saha.domain.UnitPrice
import java.time.LocalDate
import dev.saha.core.Sales as Core

/**
 * Questions and wishes about sales: [Saha.sales].
 *
 * ```kotlin
 * val sale = saha.sales.create(
 *     NewSale(customer.id, visit = visit.id, lines = listOf(NewSaleLine(cola.id, quantityMilli = 12_000))),
 * )
 * ```
 */
public class Sales internal constructor(private val core: Core, private val runner: Runner) {
    /**
     * Makes a confirmed sale as of now, with the next document number of this device. A price below the product's floor is refused
     * here already, as far as the phone knows the floor. It counts from then on.
     */
    public suspend fun create(sale: NewSale): Sale = runner.local { core.create(sale) }

    /**
     * What a sale of these lines would come to if it were made now, or the error that its making would give. Stores nothing and uses
     * up no number.
     */
    public suspend fun quote(lines: List<NewSaleLine>): SaleQuote = runner.local { core.quote(lines) }

    /**
     * Corrects quantity (thousandths of the product's unit), price or discounts (basis points) of a line; null leaves one as it is.
     * Where the sale was refused, this repairs it.
     */
    public suspend fun changeLine(
        sale: SaleId,
        line: SaleLineId,
        quantityMilli: Long? = null,
        unitPrice: UnitPrice? = null,
        discountsBp: List<Int>? = null,
    ): Sale = runner.local { core.changeLine(sale, line, quantityMilli, unitPrice, discountsBp) }

    /** Takes a line out. The last line can't go: cancel the sale instead. */
    public suspend fun removeLine(sale: SaleId, line: SaleLineId): Sale = runner.local { core.removeLine(sale, line) }

    /** Cancels a sale as of now: a negative entry on today's date. The document stays. */
    public suspend fun cancel(sale: SaleId): Sale = runner.local { core.cancel(sale) }

    /** The sale. `SahaException.NotFound` where it is not on this device. */
    public suspend fun get(id: SaleId): Sale = runner.local { core.get(id) }

    /** Sales of one local date, by anyone in sight, in order of time. At most [MAX_PAGE] a page. */
    public suspend fun listOn(date: LocalDate, limit: Int = DEFAULT_PAGE, offset: Int = 0): List<Sale> =
        runner.local { core.listOn(date, limit.toLong(), offset.toLong()) }

    /** Sales to a customer, newest first. At most [MAX_PAGE] a page. */
    public suspend fun listOf(customer: CustomerId, limit: Int = DEFAULT_PAGE, offset: Int = 0): List<Sale> =
        runner.local { core.listOf(customer, limit.toLong(), offset.toLong()) }
}
