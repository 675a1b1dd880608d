package dev.saha.app.screens

import androidx.compose.runtime.getValue
import androidx.compose.runtime.mutableStateOf
import androidx.compose.runtime.setValue
import dev.saha.app.app.CallDraft
import dev.saha.app.app.Route
import dev.saha.app.app.SECONDS_A_MINUTE
import dev.saha.app.app.Saving
import dev.saha.app.app.Session
import dev.saha.app.app.Trouble
import dev.saha.app.app.orNull
import dev.saha.app.app.with
import dev.saha.core.Choice
import dev.saha.core.NewCall
import dev.saha.domain.CallDirection
import dev.saha.domain.CallDisposition
import dev.saha.domain.CallId
import dev.saha.domain.CustomerId
import dev.saha.domain.SahaException
import java.time.Duration
import java.time.Instant

/** A call that is written down when it is over. */
class CallModel(
    private val session: Session,
    private val customer: CustomerId,
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

    /** Who called whom. */
    var direction: CallDirection
        get() = draft.direction
        set(value) = change { it.copy(direction = value) }

    /** How long they talked, in whole minutes. */
    var minutes: Int
        get() = (draft.durationS / SECONDS_A_MINUTE).toInt()
        set(value) = change { it.copy(durationS = value.toLong() * SECONDS_A_MINUTE) }

    /** The rep's own words. */
    var note: String
        get() = draft.note
        set(value) = change { it.copy(note = value) }

    /** Whether it is being saved, and what went wrong. */
    val trouble = Trouble(session.lang)

    /** Who may have called whom, in words. */
    val directions: List<Named<CallDirection>> =
        CallDirection.entries.filter { it != CallDirection.UNKNOWN }.map { Named(it, it.text(session.lang)) }

    /** Shows whom it is with, and what may come of it. */
    suspend fun run() {
        settle()
        val saha = session.saha
        try {
            outcomes = saha.calls.outcomes()
            dispositions = saha.calls.dispositions().map { Named(it, it.text(session.lang)) }
            name = saha.customers.name(customer)
        } catch (error: SahaException) {
            trouble.tell(error)
        }
    }

    /** The rep is back from the phone's own dialler: it took no longer than that. */
    fun cameBack() {
        val dialled = Instant.ofEpochMilli(draft.dialledMs ?: return)
        change { it.copy(dialledMs = null) }
        if (minutes == 0) minutes = maxOf(0, Duration.between(dialled, session.device.now()).toMinutes().toInt())
    }

    /** It ended, and nothing came of it. */
    suspend fun end(disposition: CallDisposition) = save(disposition, outcome = null)

    /** They talked, and something came of it. */
    suspend fun choose(outcome: Choice) = save(CallDisposition.CONNECTED, outcome.code)

    private suspend fun save(disposition: CallDisposition, outcome: String?) {
        val call = NewCall(customer, disposition, direction, draft.durationS, outcome, note.filled)
        val done = trouble.attempt {
            val before = made()
            change { it.copy(saving = Saving(before)) }
            session.keeper.settled()
            session.saha.calls.log(call)
        }
        if (done == null) change { it.copy(saving = null) } else forget()
    }

    /** Where the process ended while a call was being saved, the core may have it. */
    private suspend fun settle() {
        val saving = draft.saving ?: return
        val made = orNull { made() } ?: return
        if (saving.before.containsAll(made)) change { it.copy(saving = null) } else forget()
    }

    private suspend fun made(): Set<CallId> {
        val rep = session.saha.account.info().rep?.id
        return session.saha.calls.listOf(customer).filter { it.rep == rep }.map { it.id }.toSet()
    }

    private fun forget() {
        session.drafts = session.drafts.copy(calls = session.drafts.calls - customer)
        session.navigation.close(Route.Call(customer))
    }

    private val draft: CallDraft get() = session.drafts.calls[customer] ?: CallDraft()

    private fun change(change: (CallDraft) -> CallDraft) {
        session.drafts = session.drafts.copy(calls = session.drafts.calls.with(customer, change(draft)))
    }
}
