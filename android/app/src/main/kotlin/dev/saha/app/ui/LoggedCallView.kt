package dev.saha.app.ui

import androidx.annotation.StringRes
import androidx.compose.foundation.layout.Arrangement
import androidx.compose.foundation.layout.FlowRow
import androidx.compose.foundation.layout.heightIn
import androidx.compose.material3.FilterChip
import androidx.compose.material3.Text
import androidx.compose.material3.TextButton
import androidx.compose.runtime.Composable
import androidx.compose.ui.Modifier
import androidx.compose.ui.res.stringResource
import androidx.compose.ui.unit.dp
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
    Screen(
        title = model.name,
        model.trouble,
        actions = { TextButton(onClick = model::forget) { Text(stringResource(R.string.form_forget)) } },
        bottom = {
            BottomButton(stringResource(R.string.form_save), draft != null, model.trouble.isBusy, begins { model.save() })
        },
    ) {
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
    OneOf(R.string.call_disposition, model.dispositions, draft.disposition) { model.draft = draft.copy(disposition = it) }
    if (model.isTalk) {
        val nothing = Named<String?>(null, stringResource(R.string.call_nothing))
        OneOf(R.string.call_outcome, listOf(nothing) + model.outcomes.map { Named(it.code, it.name) }, draft.outcome) {
            model.draft = draft.copy(outcome = it)
        }
    }
}

/** One of several, which shows what is chosen. */
@Composable
private fun <T> OneOf(@StringRes title: Int, values: List<Named<out T>>, chosen: T, choose: (T) -> Unit) {
    SectionTitle(stringResource(title))
    FlowRow(horizontalArrangement = Arrangement.spacedBy(8.dp)) {
        values.forEach { value ->
            FilterChip(
                selected = value.value == chosen,
                onClick = { choose(value.value) },
                label = { Text(value.name) },
                modifier = Modifier.heightIn(min = 48.dp),
            )
        }
    }
}
