package dev.saha.app.screens

import androidx.compose.runtime.getValue
import androidx.compose.runtime.mutableStateOf
import androidx.compose.runtime.setValue
import dev.saha.app.app.CallCorrection
import dev.saha.app.app.Route
import dev.saha.app.app.SECONDS_A_MINUTE
import dev.saha.app.app.Session
import dev.saha.app.app.Trouble
import dev.saha.app.app.with
import dev.saha.core.Choice
import dev.saha.domain.Call
import dev.saha.domain.CallDisposition
import dev.saha.domain.CallId
import dev.saha.domain.SahaException

/** A call that was logged, and its correction. Where the company refused it, this repairs it. */
class LoggedCallModel(
    private val session: Session,
    private val id: CallId,
) {
    /** Whom the rep talked to. */
    var name by mutableStateOf("")
        private set

    /** What may come of it, as the company words it. */
    var outcomes by mutableStateOf<List<Choice>>(emptyList())
        private set

    /** How a call may end, in words. */
    var dispositions by mutableStateOf<List<Named<CallDisposition>>>(emptyList())
        private set

    private var known by mutableStateOf<CallCorrection?>(null)

    /** What is corrected; null while the call is looked for. */
    var draft: CallCorrection?
        get() = session.drafts.corrections[id] ?: known
        set(value) {
            session.drafts = session.drafts.copy(corrections = session.drafts.corrections.with(id, value))
        }

    /** Whether it is being saved, and what went wrong. */
    val trouble = Trouble(session.lang)

    /** Whether they talked, so that something may have come of it. */
    val isTalk: Boolean get() = draft?.disposition == CallDisposition.CONNECTED

    /** Shows the call, or what the rep had begun to correct in it. */
    suspend fun run() {
        val saha = session.saha
        try {
            outcomes = saha.calls.outcomes()
            dispositions = saha.calls.dispositions().map { Named(it, it.text(session.lang)) }
            val call = saha.calls.get(id)
            name = saha.customers.name(call.customer)
            known = call.correction
        } catch (error: SahaException) {
            trouble.tell(error)
        }
    }

    /** Another duration, in whole minutes. */
    fun set(minutes: Int) {
        draft = draft?.copy(durationS = minutes.toLong() * SECONDS_A_MINUTE)
    }

    /** Saves it. */
    suspend fun save() {
        val draft = draft ?: return
        val outcome = draft.outcome.takeIf { isTalk }
        trouble.attempt {
            session.saha.calls.amend(id, draft.disposition, draft.durationS, outcome, draft.note.filled)
        } ?: return
        forget()
    }

    /** Drops what was corrected. */
    fun forget() {
        draft = null
        session.navigation.close(Route.Logged(id))
    }
}

private val Call.correction: CallCorrection get() = CallCorrection(disposition, outcome, durationS, note.orEmpty())
