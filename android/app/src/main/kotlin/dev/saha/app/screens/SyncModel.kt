package dev.saha.app.screens

import androidx.compose.runtime.getValue
import androidx.compose.runtime.mutableStateOf
import androidx.compose.runtime.setValue
import dev.saha.app.app.Route
import dev.saha.app.app.Session
import dev.saha.app.app.Trouble
import dev.saha.capturedAt
import dev.saha.core.FiguresCheck
import dev.saha.core.OutboxEntry
import dev.saha.core.OverriddenEdit
import dev.saha.core.SyncDiagnosis
import dev.saha.core.SyncStatus
import dev.saha.domain.ChangeState
import dev.saha.domain.Op
import dev.saha.domain.SahaException
import dev.saha.lastSuccessAt
import kotlinx.coroutines.flow.map
import java.time.Instant
import java.util.UUID

/** What waits and why, what was refused, and what can be done about it. */
class SyncModel(
    private val session: Session,
    private val formats: Formats,
) {
    /** A refused change that others hang on, and how many. */
    data class Asked(
        val entry: OutboxEntry,
        val dependants: Int,
    )

    /** How the phone stands; null while it is looked for. */
    var status by mutableStateOf<SyncStatus?>(null)
        private set

    /** Why the oldest change that waits still does, in a sentence. */
    var diagnosis by mutableStateOf("")
        private set

    /** When a sync last ended with nothing left, written out. */
    val lastSuccess: String? get() = status?.lastSuccessAt?.let(formats::moment)

    /** Since when the figures here and the company's differ, written out; null where they do not. */
    val figuresDifferSince: String?
        get() = (status?.figures as? FiguresCheck.Differ)?.let { formats.moment(Instant.ofEpochMilli(it.sinceMs)) }

    /** Changes that the company refused. */
    var refused by mutableStateOf<List<OutboxEntry>>(emptyList())
        private set

    /** Changes that the company does not have yet. */
    var waiting by mutableStateOf<List<OutboxEntry>>(emptyList())
        private set

    /** Edits that lost to someone else's. */
    var overridden by mutableStateOf<List<OverriddenEdit>>(emptyList())
        private set

    /** The change that is asked about: what hangs on it goes with it only when the rep says so. */
    var asked by mutableStateOf<Asked?>(null)
        private set

    /** Whether something is being done, and what went wrong. */
    val trouble = Trouble(session.lang)

    /** Whether a sync that somebody asked for is under way. */
    val isSyncing: Boolean get() = session.sync.isRunning

    /** How the last sync ended that the rep asked for. */
    val syncTrouble: Trouble get() = session.sync.trouble

    /** Shows it, now and after every change. */
    suspend fun run() {
        val saha = session.saha
        val query = saha.sync.live().map {
            Answer(it, saha.sync.diagnosis(), saha.outbox.list(), saha.outbox.listOverridden())
        }
        trouble.follow(query) { answer ->
            status = answer.status
            diagnosis = answer.diagnosis.sentence
            overridden = answer.overridden
            refused = answer.entries.filter { it.state == ChangeState.REJECTED }
            waiting = answer.entries.filter { it.state == ChangeState.QUEUED || it.state == ChangeState.SENT }
        }
    }

    /** "Sync now". */
    suspend fun syncNow() = session.sync.syncNow()

    /** When something was written, written out. */
    fun moment(entry: OutboxEntry): String = formats.moment(entry.capturedAt)

    /** Whether there is a screen on which it can be fixed. */
    fun canFix(entry: OutboxEntry): Boolean = entry.route != null

    /** Whether a record that the company has stands in the way, and can be taken instead. */
    fun canUseExisting(entry: OutboxEntry): Boolean = entry.existing != null && entry.op == Op.CREATE

    /** Opens the record that was refused: to save it again is to send it again. */
    fun fix(entry: OutboxEntry) {
        entry.route?.let(session.navigation::open)
    }

    /** Sends a refused change again as it is. */
    suspend fun resend(entry: OutboxEntry) {
        trouble.attempt { session.saha.outbox.resend(entry.opId) }
    }

    /** Takes a refused change back. Where other work hangs on it, the rep is asked first. */
    suspend fun withdraw(entry: OutboxEntry, withDependants: Boolean = false) {
        asked = null
        trouble.attempt {
            try {
                session.saha.outbox.withdraw(entry.opId, withDependants)
            } catch (unsent: SahaException.UnsentWork) {
                asked = Asked(entry, unsent.count.toInt())
            }
        }
    }

    /** He thought better of it. */
    fun keep() {
        asked = null
    }

    /** Takes the record that stands in the way instead. */
    suspend fun useExisting(entry: OutboxEntry) {
        trouble.attempt { session.saha.outbox.useExisting(entry.opId) }
    }

    /** He has seen an edit that lost. */
    suspend fun dismiss(edit: OverriddenEdit) {
        trouble.attempt { session.saha.outbox.dismissOverridden(edit.opId) }
    }

    private class Answer(
        val status: SyncStatus,
        val diagnosis: SyncDiagnosis,
        val entries: List<OutboxEntry>,
        val overridden: List<OverriddenEdit>,
    )
}

/** The screen on which a refused change is put right; null where there is none. */
private val OutboxEntry.route: Route?
    get() {
        if (op == Op.DELETE) return null
        val id = UUID.fromString(recordId)
        return when (kind) {
            "customer" -> Route.Form(id)
            "visit" -> Route.Visit(id)
            "sale" -> Route.Made(id)
            "call" -> Route.Logged(id)
            "plan_item" -> Route.Stop(id)
            else -> null
        }
    }
