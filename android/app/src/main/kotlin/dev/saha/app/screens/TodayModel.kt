package dev.saha.app.screens

import androidx.compose.runtime.getValue
import androidx.compose.runtime.mutableStateOf
import androidx.compose.runtime.setValue
import dev.saha.app.app.Route
import dev.saha.app.app.Session
import dev.saha.app.app.Trouble
import dev.saha.core.DueCustomer
import dev.saha.core.Stop
import dev.saha.domain.CustomerId
import dev.saha.domain.Kind
import dev.saha.domain.Visit
import kotlinx.coroutines.coroutineScope
import kotlinx.coroutines.launch

/** Today: where the rep stands, and what the day has for him. */
class TodayModel(
    private val session: Session,
    private val formats: Formats,
) {
    /** A visit that goes on, and at whom. */
    data class Open(
        val visit: Visit,
        val name: String,
    )

    /** Activity and revenue targets; null while they are looked for. */
    var targets by mutableStateOf<List<TargetCard>?>(null)
        private set

    /** The day's stops in their order. */
    var stops by mutableStateOf<List<Stop>>(emptyList())
        private set

    /** Who has been due longest and is no stop of today. */
    var due by mutableStateOf<List<DueCustomer>>(emptyList())
        private set

    /** The visit that goes on. */
    var open by mutableStateOf<Open?>(null)
        private set

    /** Whether a visit is being begun, and what went wrong. */
    val trouble = Trouble(session.lang)

    /** Shows everything, now and after every change, for as long as the screen is there. */
    suspend fun run() = coroutineScope {
        launch { followTargets() }
        launch { followStops() }
        launch { followOpen() }
    }

    /** Begins a visit: the first of two taps. */
    suspend fun checkIn(customer: CustomerId) {
        trouble.attempt { session.checkIn(customer) }
    }

    /** Opens a stop: his visit where there is one, else the customer. */
    fun open(stop: Stop) = session.navigation.open(stop.visit?.let(Route::Visit) ?: Route.Customer(stop.customer.id))

    /** Opens a customer. */
    fun open(customer: CustomerId) = session.navigation.open(Route.Customer(customer))

    /** Opens what a target's number rests on. */
    fun open(target: TargetCard) = session.navigation.open(Route.Target(target.id))

    /** Takes a stop out of the day. */
    suspend fun remove(stop: Stop) {
        trouble.attempt { session.saha.plan.remove(stop.item.id) }
    }

    /** Goes on with the visit that was begun. */
    fun goOn() {
        open?.let { session.navigation.open(Route.Visit(it.visit.id)) }
    }

    private suspend fun followTargets() = trouble.follow(session.progress()) { all -> targets = all.map { it.card(formats) } }

    private suspend fun followStops() {
        val saha = session.saha
        val query = saha.live(Kind.PLAN_ITEM, Kind.VISIT, Kind.CUSTOMER, Kind.ASSIGNMENT, Kind.CALL_CYCLE) {
            saha.plan.day() to saha.customers.due(limit = DUE_LOOKED_AT)
        }
        trouble.follow(query) { (planned, waiting) ->
            val visited = planned.map { it.customer.id }.toSet()
            stops = planned
            due = waiting.filter { it.customer.id !in visited }.take(DUE_SHOWN)
        }
    }

    private suspend fun followOpen() {
        val saha = session.saha
        val query = saha.live(Kind.VISIT, Kind.CUSTOMER) {
            saha.visits.inProgress()?.let { Open(it, saha.customers.name(it.customer)) }
        }
        trouble.follow(query) { open = it }
    }

    private companion object {
        const val DUE_LOOKED_AT = 20
        const val DUE_SHOWN = 5
    }
}
