package dev.saha.app.ui

import androidx.compose.runtime.Composable
import androidx.compose.runtime.DisposableEffect
import androidx.compose.runtime.getValue
import androidx.compose.runtime.mutableStateOf
import androidx.compose.runtime.saveable.rememberSaveable
import androidx.compose.runtime.setValue
import androidx.compose.ui.res.pluralStringResource
import androidx.compose.ui.res.stringResource
import androidx.lifecycle.Lifecycle
import androidx.lifecycle.LifecycleEventObserver
import androidx.lifecycle.compose.LocalLifecycleOwner
import dev.saha.app.R
import dev.saha.app.app.Session
import dev.saha.app.screens.call
import dev.saha.domain.CustomerId

/** A call that is written down. */
@Composable
fun CallView(session: Session, customer: CustomerId) {
    val model = session.call(customer)
    Shown(model) { model.run() }
    BackFromDialler(model::cameBack)
    Screen(title = model.name, model.trouble) {
        item(key = "direction") {
            OneOf(stringResource(R.string.call_direction), model.directions, model.direction) { model.direction = it }
        }
        item(key = "minutes") { MinutesView(model.minutes) { model.minutes = it } }
        item(key = "note") { Field(R.string.call_note, model.note, { model.note = it }, isLong = true, keyboard = SENTENCES) }
        outcomes(R.string.call_talked, model.outcomes, isFree = !model.trouble.isBusy, model::choose)
        section(R.string.call_ended)
        item(key = "dispositions") {
            Actions {
                model.dispositions.forEach { Chosen(it.name, !model.trouble.isBusy, begins { model.end(it.value) }) }
            }
        }
    }
}

/** Says when the rep is back after the app was put away, be it in another process. */
@Composable
private fun BackFromDialler(cameBack: () -> Unit) {
    var wasAway by rememberSaveable { mutableStateOf(false) }
    val owner = LocalLifecycleOwner.current
    DisposableEffect(owner) {
        val observer = LifecycleEventObserver { _, event ->
            if (event == Lifecycle.Event.ON_STOP) wasAway = true
            if (event == Lifecycle.Event.ON_START && wasAway) {
                wasAway = false
                cameBack()
            }
        }
        owner.lifecycle.addObserver(observer)
        onDispose { owner.lifecycle.removeObserver(observer) }
    }
}

/** How long a call took. */
@Composable
fun MinutesView(minutes: Int, set: (Int) -> Unit) = Stepper(
    value = minutes,
    range = 0..MOST_MINUTES,
    text = pluralStringResource(R.plurals.call_minutes, minutes, minutes),
    less = stringResource(R.string.call_fewer),
    more = stringResource(R.string.call_more),
    set = set,
)

private const val MOST_MINUTES = 600
