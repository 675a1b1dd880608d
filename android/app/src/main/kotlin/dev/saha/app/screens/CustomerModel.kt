package dev.saha.app.screens

import androidx.compose.runtime.getValue
import androidx.compose.runtime.mutableIntStateOf
import androidx.compose.runtime.mutableStateOf
import androidx.compose.runtime.setValue
import dev.saha.MAX_PAGE
import dev.saha.app.app.CallDraft
import dev.saha.app.app.Route
import dev.saha.app.app.Session
import dev.saha.app.app.Trouble
import dev.saha.app.app.orNull
import dev.saha.app.app.with
import dev.saha.at
import dev.saha.core.Activity
import dev.saha.core.NewPlanItem
import dev.saha.core.StoryEntry
import dev.saha.domain.Customer
import dev.saha.domain.CustomerId
import dev.saha.domain.GeoPoint
import dev.saha.domain.Kind
import kotlinx.coroutines.coroutineScope
import kotlinx.coroutines.launch
import java.time.ZoneId
import java.util.UUID

/** A customer and everything that happened with him. */
class CustomerModel(
    private val session: Session,
    private val formats: Formats,
    private val id: CustomerId,
) {
    /** The customer; null while he is looked for, or where he is out of sight. */
    var customer by mutableStateOf<Customer?>(null)
        private set

    /** His name, even where nothing else is left of him. */
    var name by mutableStateOf("")
        private set

    /** What happened, newest first. */
    var story by mutableStateOf<List<StoryEntry>>(emptyList())
        private set

    /** Whether there is more of it. */
    var hasMore by mutableStateOf(false)
        private set

    /** Changes when more is wanted: whoever shows it begins [run] anew. */
    var query by mutableIntStateOf(0)
        private set

    /** Whether a visit is being begun, and what went wrong. */
    val trouble = Trouble(session.lang)

    private var wanted = PAGE

    /** Shows him, now and after every change. */
    suspend fun run() = coroutineScope {
        launch { followCustomer() }
        launch { followStory() }
    }

    /** Begins a visit. */
    suspend fun checkIn() {
        trouble.attempt { session.checkIn(id) }
    }

    /** The number to dial; null where he has none. The call is written down when it is over. */
    fun call(): String? {
        val calls = session.drafts.calls
        val draft = (calls[id] ?: CallDraft()).copy(dialledMs = session.device.now().toEpochMilli())
        session.drafts = session.drafts.copy(calls = calls.with(id, draft))
        session.navigation.open(Route.Call(id))
        return customer?.phone?.filter { it.isDigit() || it == '+' }?.filled
    }

    /** Where he is, for the map; null where nobody knows. */
    val place: GeoPoint? get() = customer?.location

    /** Sells without a visit. */
    fun sell() = session.navigation.open(Route.Sale(id, null))

    /** Makes him a stop of today. */
    suspend fun plan() {
        val today = session.device.now().atZone(ZoneId.systemDefault()).toLocalDate()
        trouble.attempt { session.saha.plan.add(NewPlanItem(id, today)) }
    }

    /** Corrects his data. */
    fun edit() = session.navigation.open(Route.Form(id))

    /** Opens what happened. */
    fun open(entry: StoryEntry) {
        entry.activity.route?.let(session.navigation::open)
    }

    /** Whether it has a screen of its own. */
    fun canOpen(entry: StoryEntry): Boolean = entry.activity.route != null

    /** When it happened, written out. */
    fun moment(entry: StoryEntry): String = formats.moment(entry.at.at)

    /** The end of the story is in sight. */
    fun more() {
        if (!hasMore) return
        wanted = minOf(wanted + PAGE, MAX_PAGE)
        query += 1
    }

    private suspend fun followCustomer() {
        val customers = session.saha.customers
        val query = session.saha.live(Kind.CUSTOMER) { customers.name(id) to orNull { customers.get(id) } }
        trouble.follow(query) { (called, found) ->
            name = called
            customer = found
        }
    }

    private suspend fun followStory() {
        val (saha, wanted) = session.saha to wanted
        val query = saha.live(Kind.VISIT, Kind.CALL, Kind.SALE, outbox = true) { saha.customers.story(id, wanted) }
        trouble.follow(query) {
            story = it
            hasMore = it.size == wanted && wanted < MAX_PAGE
        }
    }

    private companion object {
        const val PAGE = 50
    }
}

/** The record's. */
val Activity.id: UUID
    get() = when (this) {
        is Activity.Visit -> visit.id
        is Activity.Call -> call.id
        is Activity.Sale -> sale.id
    }

/** The screen that shows it; a call is all in its line. */
internal val Activity.route: Route?
    get() = when (this) {
        is Activity.Visit -> Route.Visit(visit.id)
        is Activity.Sale -> Route.Made(sale.id)
        is Activity.Call -> null
    }
