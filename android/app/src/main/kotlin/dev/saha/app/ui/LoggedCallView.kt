package dev.saha.app.ui

import androidx.compose.runtime.Composable
import androidx.compose.ui.res.stringResource
import dev.saha.app.R
import dev.saha.app.app.CallCorrection
import dev.saha.app.app.Session
import dev.saha.app.screens.LoggedCallModel
import dev.saha.app.screens.Named
import dev.saha.app.screens.logged
import dev.saha.domain.CallId

/** A call that was logged, to correct. */
@Composable
fun LoggedCallView(session: Session, call: CallId) {
    val model = session.logged(call)
    Shown(model) { model.run() }
    val draft = model.draft
    CorrectionScreen(model.name, model.trouble, ready = draft != null, model::forget, model::save) {
        item(key = "choices") { if (draft == null) Waiting() else ChoicesView(model, draft) }
        item(key = "minutes") { if (draft != null) MinutesView(draft.minutes, model::set) }
        item(key = "note") {
            if (draft != null) {
                Field(R.string.call_note, draft.note, { model.draft = draft.copy(note = it) }, isLong = true, keyboard = SENTENCES)
            }
        }
    }
}

@Composable
private fun ChoicesView(model: LoggedCallModel, draft: CallCorrection) {
    val ended = stringResource(R.string.call_disposition)
    SectionTitle(ended)
    OneOf(ended, model.dispositions, draft.disposition) { model.draft = draft.copy(disposition = it) }
    if (model.isTalk) {
        val came = stringResource(R.string.call_outcome)
        SectionTitle(came)
        val nothing = Named<String?>(null, stringResource(R.string.call_nothing))
        OneOf(came, listOf(nothing) + model.outcomes.map { Named(it.code, it.name) }, draft.outcome) {
            model.draft = draft.copy(outcome = it)
        }
    }
}
