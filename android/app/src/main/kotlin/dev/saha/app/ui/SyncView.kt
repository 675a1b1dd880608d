package dev.saha.app.ui

import androidx.compose.foundation.layout.Arrangement
import androidx.compose.foundation.layout.FlowRow
import androidx.compose.foundation.layout.heightIn
import androidx.compose.foundation.lazy.LazyListScope
import androidx.compose.foundation.lazy.items
import androidx.compose.material3.FilledTonalButton
import androidx.compose.material3.MaterialTheme
import androidx.compose.material3.Text
import androidx.compose.material3.TextButton
import androidx.compose.runtime.Composable
import androidx.compose.ui.Modifier
import androidx.compose.ui.graphics.Color
import androidx.compose.ui.res.pluralStringResource
import androidx.compose.ui.res.stringResource
import androidx.compose.ui.text.font.FontWeight
import androidx.compose.ui.unit.dp
import dev.saha.app.R
import dev.saha.app.app.Session
import dev.saha.app.screens.SyncModel
import dev.saha.app.screens.changes
import dev.saha.core.OutboxEntry
import dev.saha.core.OverriddenEdit

/** What waits and why, and what was refused. */
@Composable
fun SyncView(session: Session) {
    val model = session.changes()
    Shown(model, session.epoch) { model.run() }
    Screen(
        title = stringResource(R.string.tab_sync),
        model.trouble,
        model.syncTrouble,
        bottom = {
            val text = stringResource(if (model.isSyncing) R.string.sync_running else R.string.sync_now)
            BottomButton(text, isBusy = model.isSyncing, onClick = begins { model.syncNow() })
        },
    ) {
        item(key = "status") { StatusView(model) }
        if (model.refused.isNotEmpty()) section(R.string.sync_refused)
        items(model.refused, key = { it.opId.toString() }) { RefusedView(model, it) }
        if (model.overridden.isNotEmpty()) section(R.string.sync_overridden)
        items(model.overridden, key = { "lost ${it.opId}" }) { OverriddenView(model, it) }
        waiting(model)
    }
    model.asked?.let { asked ->
        SureDialog(
            question = stringResource(R.string.sync_dependants),
            action = pluralStringResource(R.plurals.sync_withdraw_all, asked.dependants, asked.dependants),
            onNo = model::keep,
            onYes = begins { model.withdraw(asked.entry, withDependants = true) },
        )
    }
}

@Composable
private fun StatusView(model: SyncModel) {
    Panel {
        Text(model.diagnosis, style = MaterialTheme.typography.bodyLarge)
        model.lastSuccess?.let { Fact(stringResource(R.string.sync_last), it) }
        model.figuresDifferSince?.let {
            Text(stringResource(R.string.sync_figures, it), color = MaterialTheme.colorScheme.error)
        }
    }
}

private fun LazyListScope.waiting(model: SyncModel) {
    if (model.waiting.isEmpty()) return
    section(R.string.sync_waiting)
    items(model.waiting, key = { it.opId.toString() }) { entry ->
        Panel {
            Headline(entry.title)
            Quiet(model.moment(entry))
        }
    }
}

/** A change that the company refused, why, and what can be done about it. */
@Composable
private fun RefusedView(model: SyncModel, entry: OutboxEntry) {
    Panel {
        Headline(entry.title)
        entry.reason?.let { Text(it, color = MaterialTheme.colorScheme.error) }
        Quiet(model.moment(entry))
        FlowRow(horizontalArrangement = Arrangement.spacedBy(8.dp)) {
            if (model.canFix(entry)) Tonal(stringResource(R.string.sync_fix)) { model.fix(entry) }
            if (model.canUseExisting(entry)) Tonal(stringResource(R.string.sync_existing), begins { model.useExisting(entry) })
            Plain(stringResource(R.string.sync_resend), onClick = begins { model.resend(entry) })
            Plain(stringResource(R.string.sync_withdraw), MaterialTheme.colorScheme.error, begins { model.withdraw(entry) })
        }
    }
}

/** An edit that lost to someone else's. */
@Composable
private fun OverriddenView(model: SyncModel, edit: OverriddenEdit) {
    Panel {
        Headline(edit.title)
        edit.fields.forEach { field ->
            Text(field.name, fontWeight = FontWeight.Bold)
            Fact(stringResource(R.string.sync_yours), field.yours ?: NOTHING)
            Fact(stringResource(R.string.sync_theirs), field.theirs ?: NOTHING)
        }
        Tonal(stringResource(R.string.sync_dismiss), begins { model.dismiss(edit) })
    }
}

@Composable
private fun Tonal(text: String, onClick: () -> Unit) = FilledTonalButton(onClick, Modifier.heightIn(min = 48.dp)) { Text(text) }

@Composable
private fun Plain(text: String, color: Color = MaterialTheme.colorScheme.primary, onClick: () -> Unit) =
    TextButton(onClick, Modifier.heightIn(min = 48.dp)) { Text(text, color = color) }

/** A sign of the same meaning in every language. */
private const val NOTHING = "–"
