@file:UseSerializers(UuidSerializer::class)

package dev.saha.app.app

import androidx.compose.runtime.getValue
import androidx.compose.runtime.mutableStateOf
import androidx.compose.runtime.setValue
import dev.saha.domain.CallId
import dev.saha.domain.CustomerId
import dev.saha.domain.PlanItemId
import dev.saha.domain.SaleId
import dev.saha.domain.TargetId
import dev.saha.domain.VisitId
import kotlinx.serialization.Serializable
import kotlinx.serialization.UseSerializers

/** The parts of the app, in their order at the bottom of the screen. */
enum class Tab { TODAY, CUSTOMERS, TARGETS, SYNC, SETTINGS }

/** A screen that is opened from another. */
@Serializable
sealed interface Route {
    /** A customer and his story. */
    @Serializable
    data class Customer(
        val id: CustomerId,
    ) : Route

    /** A new prospect, or a customer's own data to correct. */
    @Serializable
    data class Form(
        val id: CustomerId?,
    ) : Route

    /** A visit, from the check-in on. */
    @Serializable
    data class Visit(
        val id: VisitId,
    ) : Route

    /** A call to write down. */
    @Serializable
    data class Call(
        val customer: CustomerId,
    ) : Route

    /** A call that was logged, to correct. */
    @Serializable
    data class Logged(
        val call: CallId,
    ) : Route

    /** A planned visit to correct. */
    @Serializable
    data class Stop(
        val item: PlanItemId,
    ) : Route

    /** A sale to make, at a visit or without one. */
    @Serializable
    data class Sale(
        val customer: CustomerId,
        val visit: VisitId?,
    ) : Route

    /** A sale that was made. */
    @Serializable
    data class Made(
        val sale: SaleId,
    ) : Route

    /** What a target's number rests on. */
    @Serializable
    data class Target(
        val id: TargetId,
    ) : Route
}

/** Where the rep is in the app. */
class Navigation(
    place: Place,
    private val keep: (Place) -> Unit,
) {
    /** A place that outlives the process. */
    @Serializable
    data class Place(
        val tab: Tab = Tab.TODAY,
        val paths: Map<Tab, List<Route>> = emptyMap(),
    )

    private var shown by mutableStateOf(place)

    /** Where he is. */
    var place: Place
        get() = shown
        private set(value) {
            shown = value
            keep(value)
        }

    /** Which part is in front. */
    var tab: Tab
        get() = place.tab
        set(value) {
            place = place.copy(tab = value)
        }

    /** The screens that lie over the first one of a part. */
    operator fun get(tab: Tab): List<Route> = place.paths[tab].orEmpty()

    /** Opens a screen over the one in front. */
    fun open(route: Route) = set(tab, this[tab] + route)

    /** Opens a screen as the only one over the first of its part. */
    fun show(route: Route, tab: Tab) {
        set(tab, listOf(route))
        this.tab = tab
    }

    /** Shows the first screen of a part, or the part as it was left where another is in front. */
    fun choose(tab: Tab) {
        if (this.tab == tab) set(tab, emptyList()) else this.tab = tab
    }

    /** Closes a screen that is done with, and what lies over it, wherever it is open. */
    fun close(route: Route) {
        place = place.copy(paths = place.paths.mapValues { (_, path) -> path.takeWhile { it != route } })
    }

    /** Whether going back stays in the app. */
    val canGoBack: Boolean get() = this[tab].isNotEmpty() || tab != Tab.entries.first()

    /** Closes the screen in front, and leaves a part for the first one. */
    fun back() {
        val path = this[tab]
        if (path.isEmpty()) tab = Tab.entries.first() else set(tab, path.dropLast(1))
    }

    private fun set(tab: Tab, path: List<Route>) {
        place = place.copy(paths = place.paths + (tab to path))
    }
}
