package dev.saha.app.screens

import androidx.compose.runtime.getValue
import androidx.compose.runtime.mutableIntStateOf
import androidx.compose.runtime.mutableStateOf
import androidx.compose.runtime.setValue
import dev.saha.MAX_PAGE
import dev.saha.app.app.Route
import dev.saha.app.app.Session
import dev.saha.app.app.Trouble
import dev.saha.at
import dev.saha.core.TargetRecord
import dev.saha.domain.CurrencyCode
import dev.saha.domain.Kind
import dev.saha.domain.Progress
import dev.saha.domain.RecordState
import dev.saha.domain.TargetId
import kotlinx.coroutines.coroutineScope
import kotlinx.coroutines.flow.Flow
import kotlinx.coroutines.launch
import java.util.UUID

/** Every target. Each opens into what its number rests on. */
class TargetsModel(
    private val session: Session,
    private val formats: Formats,
) {
    /** The targets; null while they are looked for. */
    var targets by mutableStateOf<List<TargetCard>?>(null)
        private set

    /** What went wrong. */
    val trouble = Trouble(session.lang)

    /** Shows them, now and after every change. */
    suspend fun run() = trouble.follow(session.progress()) { all -> targets = all.map { it.card(formats) } }

    /** Opens one. */
    fun open(target: TargetId) = session.navigation.open(Route.Target(target))
}

/** A target and the records that its number rests on. */
class TargetModel(
    private val session: Session,
    private val formats: Formats,
    private val id: TargetId,
) {
    /** A record and what it adds. */
    data class Row(
        /** The record's. */
        val id: UUID,
        /** At whom. */
        val title: String,
        /** What it was. */
        val summary: String,
        /** When it was, written out. */
        val at: String,
        /** What it adds, written out. */
        val value: String,
        /** Whether the company has it. */
        val state: RecordState,
        /** The same in words. */
        val standing: String,
        /** Its screen, where it has one. */
        val route: Route?,
    )

    /** The target; null while it is looked for. */
    var card by mutableStateOf<TargetCard?>(null)
        private set

    /** What it rests on, newest first; null while it is looked for. */
    var rows by mutableStateOf<List<Row>?>(null)
        private set

    /** Whether there is more. */
    var hasMore by mutableStateOf(false)
        private set

    /** Changes when more is wanted: whoever shows it begins [run] anew. */
    var query by mutableIntStateOf(0)
        private set

    /** What went wrong. */
    val trouble = Trouble(session.lang)

    private var wanted = PAGE

    /** Shows it, now and after every change. */
    suspend fun run() = coroutineScope {
        launch { followCard() }
        launch { followRecords() }
    }

    /** The end of the list is in sight. */
    fun more() {
        if (!hasMore) return
        wanted = minOf(wanted + PAGE, MAX_PAGE)
        query += 1
    }

    /** Opens a record. */
    fun open(row: Row) {
        row.route?.let(session.navigation::open)
    }

    private suspend fun followCard() = trouble.follow(session.progress()) { all ->
        card = all.find { it.target == id }?.card(formats)
    }

    private suspend fun followRecords() {
        val (saha, wanted) = session.saha to wanted
        val query = saha.live(Kind.TARGET, Kind.VISIT, Kind.CALL, Kind.SALE, Kind.CUSTOMER, outbox = true) {
            val currency = saha.targets.progress().find { it.target == id }?.currency
            saha.targets.records(id, wanted).map { row(it, currency) }
        }
        trouble.follow(query) {
            rows = it
            hasMore = it.size == wanted && wanted < MAX_PAGE
        }
    }

    private fun row(record: TargetRecord, currency: CurrencyCode?) = Row(
        id = record.activity.id,
        title = record.title,
        summary = record.summary,
        at = formats.moment(record.at.at),
        value = formats.amount(record.value, currency),
        state = record.state,
        standing = record.state.text(session.lang),
        route = record.activity.route,
    )

    private companion object {
        const val PAGE = 50
    }
}

/** Every target's progress, now and after every change of whatever it depends on. */
internal fun Session.progress(): Flow<List<Progress>> = saha.live(
    Kind.TARGET,
    Kind.VISIT,
    Kind.CALL,
    Kind.SALE,
    Kind.CUSTOMER,
    Kind.WORK_CALENDAR,
    Kind.REP,
    Kind.COMPANY,
    outbox = true,
) { saha.targets.progress() }
