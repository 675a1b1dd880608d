package dev.saha.app.screens

import androidx.compose.runtime.getValue
import androidx.compose.runtime.mutableStateOf
import androidx.compose.runtime.setValue
import dev.saha.app.app.Route
import dev.saha.app.app.Session
import dev.saha.app.app.StopCorrection
import dev.saha.app.app.Trouble
import dev.saha.app.app.with
import dev.saha.domain.PlanItem
import dev.saha.domain.PlanItemId
import dev.saha.domain.SahaException

/** A planned visit, and its correction. Where the company refused it, this repairs it. */
class StopModel(
    private val session: Session,
    private val formats: Formats,
    private val id: PlanItemId,
) {
    /** Whom it is about. */
    var name by mutableStateOf("")
        private set

    private var known by mutableStateOf<StopCorrection?>(null)

    /** What is corrected; null while the visit is looked for. */
    var draft: StopCorrection?
        get() = session.drafts.stops[id] ?: known
        set(value) {
            session.drafts = session.drafts.copy(stops = session.drafts.stops.with(id, value))
        }

    /** The day, written out. */
    val day: String get() = draft?.let { formats.day(it.date) }.orEmpty()

    /** Whether it is being saved, and what went wrong. */
    val trouble = Trouble(session.lang)

    /** Shows it, or what the rep had begun to correct in it. */
    suspend fun run() {
        val saha = session.saha
        try {
            val item = saha.plan.get(id)
            name = saha.customers.name(item.customer)
            known = item.correction
        } catch (error: SahaException) {
            trouble.tell(error)
        }
    }

    /** Saves it. */
    suspend fun save() {
        val draft = draft ?: return
        trouble.attempt { session.saha.plan.update(draft.over(session.saha.plan.get(id))) } ?: return
        forget()
    }

    /** Drops what was corrected. */
    fun forget() {
        draft = null
        session.navigation.close(Route.Stop(id))
    }
}

private val PlanItem.correction: StopCorrection get() = StopCorrection(date.toEpochDay(), sequence, note.orEmpty())

private fun StopCorrection.over(item: PlanItem): PlanItem = item.copy(date = date, sequence = sequence, note = note.filled)
