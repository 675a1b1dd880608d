package dev.saha.app.screens

import androidx.compose.runtime.getValue
import androidx.compose.runtime.mutableIntStateOf
import androidx.compose.runtime.mutableStateOf
import androidx.compose.runtime.setValue
import dev.saha.MAX_PAGE
import dev.saha.app.app.Route
import dev.saha.app.app.Session
import dev.saha.app.app.Tab
import dev.saha.app.app.Trouble
import dev.saha.domain.Customer
import dev.saha.domain.CustomerId
import dev.saha.domain.GeoPoint
import dev.saha.domain.Kind
import dev.saha.paged
import kotlinx.coroutines.flow.take
import kotlinx.coroutines.flow.toList
import kotlin.time.Duration.Companion.seconds

/** Customers: by name, by distance, by who is due. */
class CustomersModel(
    private val session: Session,
    private val formats: Formats,
) {
    /** How they are listed. */
    enum class Order { ALL, NEARBY, DUE }

    /** A customer in the list. */
    data class Row(
        /** The customer. */
        val customer: Customer,
        /** How far he is, written out, where that was asked. */
        val distance: String? = null,
        /** How many days he has been due for, where that was asked. */
        val overdueDays: Int? = null,
    )

    private val typed = mutableStateOf("")
    private val ordered = mutableStateOf(Order.ALL)
    private var wanted = PAGE

    /** What the rep types. */
    var text: String
        get() = typed.value
        set(value) {
            if (typed.value != value) startOver { typed.value = value }
        }

    /** How they are listed. A text lists everybody whom it names. */
    var order: Order
        get() = ordered.value
        set(value) {
            if (ordered.value != value) startOver { ordered.value = value }
        }

    /** Who was found; null while nobody was looked for. */
    var rows by mutableStateOf<List<Row>?>(null)
        private set

    /** Whether more can be had. */
    var hasMore by mutableStateOf(false)
        private set

    /** Whether the place was looked for and is not known. */
    var lacksPlace by mutableStateOf(false)
        private set

    /** Changes with everything on which the list depends: whoever shows it begins [run] anew. */
    var query by mutableIntStateOf(0)
        private set

    /** What went wrong. */
    val trouble = Trouble(session.lang)

    /** Shows who is found, now and after every change, until another list is wanted. */
    suspend fun run() {
        val (text, wanted) = text to wanted
        val order = if (text.isEmpty()) order else Order.ALL
        val here = if (order == Order.NEARBY) session.device.places.here(within = PATIENCE)?.point else null
        lacksPlace = order == Order.NEARBY && here == null
        val found = session.saha.live(Kind.CUSTOMER, Kind.VISIT, Kind.ASSIGNMENT, Kind.CALL_CYCLE) {
            // One more than is wanted, so that one sees whether there are more.
            paged(minOf(MAX_PAGE, wanted + 1)) { limit, offset -> page(order, text, here, limit, offset) }
                .take(wanted + 1)
                .toList()
        }
        trouble.follow(found) {
            rows = it.take(wanted)
            hasMore = it.size > wanted
        }
    }

    /** The end of the list is in sight. */
    fun more() {
        if (!hasMore) return
        wanted += PAGE
        query += 1
    }

    /** Opens a customer. */
    fun open(customer: CustomerId) = session.navigation.show(Route.Customer(customer), Tab.CUSTOMERS)

    /** Writes down somebody new. */
    fun add() = session.navigation.show(Route.Form(null), Tab.CUSTOMERS)

    private fun startOver(change: () -> Unit) {
        change()
        wanted = PAGE
        query += 1
    }

    private suspend fun page(order: Order, text: String, here: GeoPoint?, limit: Int, offset: Int): List<Row> {
        val customers = session.saha.customers
        return when {
            order == Order.DUE -> {
                customers.due(limit, offset).map { Row(it.customer, overdueDays = it.overdueDays.toInt()) }
            }

            order == Order.NEARBY && here != null -> {
                customers.nearby(here, limit, offset).map { Row(it.customer, distance = formats.distance(it.distanceM)) }
            }

            else -> {
                customers.search(text, limit, offset).map { Row(it) }
            }
        }
    }

    private companion object {
        const val PAGE = 50
        val PATIENCE = 5.seconds
    }
}
