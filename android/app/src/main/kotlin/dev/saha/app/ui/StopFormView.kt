package dev.saha.app.ui

import androidx.compose.material3.DatePicker
import androidx.compose.material3.DatePickerDialog
import androidx.compose.material3.ExperimentalMaterial3Api
import androidx.compose.material3.Text
import androidx.compose.material3.TextButton
import androidx.compose.material3.rememberDatePickerState
import androidx.compose.runtime.Composable
import androidx.compose.runtime.getValue
import androidx.compose.runtime.mutableStateOf
import androidx.compose.runtime.saveable.rememberSaveable
import androidx.compose.runtime.setValue
import androidx.compose.ui.res.stringResource
import dev.saha.app.R
import dev.saha.app.app.Session
import dev.saha.app.app.StopCorrection
import dev.saha.app.screens.StopModel
import dev.saha.app.screens.stop
import dev.saha.domain.PlanItemId
import java.time.Duration

/** A planned visit, to correct. */
@Composable
fun StopFormView(session: Session, item: PlanItemId) {
    val model = session.stop(item)
    Shown(model) { model.run() }
    val draft = model.draft
    CorrectionScreen(model.name, model.trouble, ready = draft != null, model::forget, model::save) {
        item(key = "form") { if (draft == null) Waiting() else FormView(model, draft) }
    }
}

@Composable
private fun FormView(model: StopModel, draft: StopCorrection) {
    var isChoosing by rememberSaveable { mutableStateOf(false) }
    Panel(onClick = { isChoosing = true }) { NameAndValue(stringResource(R.string.stop_day), model.day) }
    Stepper(
        value = draft.sequence,
        range = 1..LAST_PLACE,
        text = stringResource(R.string.stop_place, draft.sequence),
        less = stringResource(R.string.stop_earlier),
        more = stringResource(R.string.stop_later),
    ) { model.draft = draft.copy(sequence = it) }
    Field(R.string.stop_note, draft.note, { model.draft = draft.copy(note = it) }, isLong = true, keyboard = SENTENCES)
    if (isChoosing) {
        DayDialog(draft.epochDay, close = { isChoosing = false }) { model.draft = draft.copy(epochDay = it) }
    }
}

/** Chooses a day, in days since 1970. */
@OptIn(ExperimentalMaterial3Api::class)
@Composable
private fun DayDialog(epochDay: Long, close: () -> Unit, choose: (Long) -> Unit) {
    val state = rememberDatePickerState(initialSelectedDateMillis = Duration.ofDays(epochDay).toMillis())
    DatePickerDialog(
        onDismissRequest = close,
        confirmButton = {
            TextButton(
                onClick = {
                    state.selectedDateMillis?.let { choose(Duration.ofMillis(it).toDays()) }
                    close()
                },
            ) { Text(stringResource(R.string.trouble_ok)) }
        },
        dismissButton = { TextButton(onClick = close) { Text(stringResource(R.string.trouble_cancel)) } },
    ) { DatePicker(state) }
}

private const val LAST_PLACE = 200
