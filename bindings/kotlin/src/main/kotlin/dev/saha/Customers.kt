package dev.saha

import dev.saha.core.DueCustomer
import dev.saha.core.NearbyCustomer
import dev.saha.core.NewProspect
import dev.saha.core.StoryEntry
import dev.saha.domain.Customer
import dev.saha.domain.CustomerId
import dev.saha.domain.GeoPoint
import dev.saha.core.Customers as Core

/**
 * Questions and wishes about customers: [Saha.customers].
 *
 * ```kotlin
 * val shop = saha.customers.createProspect(NewProspect(name = "Ihlamur Büfe", district = "Kadıköy"))
 * saha.customers.update(shop.copy(phone = "0532 123 45 67"))
 * ```
 */
public class Customers internal constructor(private val core: Core, private val runner: Runner) {
    /** The customer. `SahaException.NotFound` where he is not on this device. */
    public suspend fun get(id: CustomerId): Customer = runner.local { core.get(id) }

    /** The customer by the company's code. */
    public suspend fun getByCode(code: String): Customer = runner.local { core.getByCode(code) }

    /**
     * Customers whose name, district or code holds every word of [text], however Turkish letters are typed; exact spelling first,
     * then by name. An empty text lists everyone. At most [MAX_PAGE] a page.
     */
    public suspend fun search(text: String, limit: Int = DEFAULT_PAGE, offset: Int = 0): List<Customer> =
        runner.local { core.search(text, limit.toLong(), offset.toLong()) }

    /**
     * The rep's customers of today whose next visit is due, today's included, those who are due longest first. By the call cycles of
     * the company, without which nobody is due; customers who are lost are not visited. At most [MAX_PAGE] a page.
     */
    public suspend fun due(limit: Int = DEFAULT_PAGE, offset: Int = 0): List<DueCustomer> =
        runner.local { core.due(limit.toLong(), offset.toLong()) }

    /** Customers with a known place, the nearest to [point] first. At most [MAX_PAGE] a page. */
    public suspend fun nearby(point: GeoPoint, limit: Int = DEFAULT_PAGE, offset: Int = 0): List<NearbyCustomer> =
        runner.local { core.nearby(point, limit.toLong(), offset.toLong()) }

    /**
     * What happened with a customer: visits, calls and sales by anyone in sight, newest first, each with whether the company has it.
     * At most [MAX_PAGE] a page.
     */
    public suspend fun story(customer: CustomerId, limit: Int = DEFAULT_PAGE, offset: Int = 0): List<StoryEntry> =
        runner.local { core.story(customer, limit.toLong(), offset.toLong()) }

    /** The customer's name, even of one who is out of sight and of whom only the name is left. */
    public suspend fun name(id: CustomerId): String = runner.local { core.name(id) }

    /** Writes down a prospect. He is the rep's own from now on; the office gives code and segment. */
    public suspend fun createProspect(prospect: NewProspect): Customer = runner.local { core.createProspect(prospect) }

    /**
     * Saves an edited customer. Of the fields, a rep may change name, tax number, phone, district, address, location and note; the
     * server refuses the others. Where the customer's last change was refused, this repairs it.
     */
    public suspend fun update(customer: Customer): Customer = runner.local { core.update(customer) }
}
