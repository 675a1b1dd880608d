package dev.saha.app.ui

import androidx.compose.foundation.lazy.items
import androidx.compose.runtime.Composable
import androidx.compose.ui.res.stringResource
import dev.saha.app.R
import dev.saha.app.app.Session
import dev.saha.app.screens.TargetCard
import dev.saha.app.screens.TargetModel
import dev.saha.app.screens.target
import dev.saha.app.screens.targets
import dev.saha.domain.TargetId

/** Every target. */
@Composable
fun TargetsView(session: Session) {
    val model = session.targets()
    Shown(model, session.epoch) { model.run() }
    Screen(title = stringResource(R.string.tab_targets), model.trouble) {
        val targets = model.targets
        if (targets == null) item { Waiting() }
        items(targets.orEmpty(), key = { it.id.toString() }) { TargetCardView(it) { model.open(it.id) } }
        if (targets?.isEmpty() == true) item { Quiet(stringResource(R.string.targets_none)) }
    }
}

/** A target, and what its number rests on. */
@Composable
fun TargetView(session: Session, id: TargetId) {
    val model = session.target(id)
    Shown(model, model.query, session.epoch) { model.run() }
    Screen(title = model.card?.title.orEmpty(), model.trouble) {
        item(key = "card") { model.card?.let { TargetCardView(it) } }
        item(key = "parts") { model.card?.let { PartsView(it.parts) } }
        section(R.string.targets_records)
        val rows = model.rows
        if (rows == null) item { Waiting() }
        items(rows.orEmpty(), key = { "${it.id} ${it.state}" }) { row ->
            RecordView(row, { model.open(row) }.takeIf { row.route != null })
        }
        if (rows?.isEmpty() == true) item { Quiet(stringResource(R.string.targets_norecords)) }
        more(model.hasMore, model::more)
    }
}

@Composable
private fun PartsView(parts: TargetCard.Parts) {
    Panel {
        Fact(stringResource(R.string.targets_confirmed), parts.confirmed)
        parts.waiting?.let { Fact(stringResource(R.string.targets_waiting), it) }
        parts.refused?.let { Fact(stringResource(R.string.targets_refused), it) }
    }
}

/** A record that a target's number rests on. */
@Composable
private fun RecordView(row: TargetModel.Row, open: (() -> Unit)?) {
    Panel(onClick = open, isOne = true) {
        Between({ Headline(row.title) }, { Headline(row.value) })
        Quiet(row.summary)
        Quiet(row.at)
        StandingView(row.state, row.standing)
    }
}
