package dev.saha.app.ui

import androidx.compose.foundation.horizontalScroll
import androidx.compose.foundation.layout.Arrangement
import androidx.compose.foundation.layout.BoxWithConstraints
import androidx.compose.foundation.layout.IntrinsicSize
import androidx.compose.foundation.layout.Row
import androidx.compose.foundation.layout.fillMaxHeight
import androidx.compose.foundation.layout.fillMaxWidth
import androidx.compose.foundation.layout.height
import androidx.compose.foundation.layout.padding
import androidx.compose.foundation.layout.requiredWidth
import androidx.compose.foundation.layout.width
import androidx.compose.foundation.lazy.LazyListScope
import androidx.compose.foundation.lazy.items
import androidx.compose.foundation.rememberScrollState
import androidx.compose.material3.DropdownMenu
import androidx.compose.material3.DropdownMenuItem
import androidx.compose.material3.Icon
import androidx.compose.material3.IconButton
import androidx.compose.material3.Text
import androidx.compose.runtime.Composable
import androidx.compose.runtime.getValue
import androidx.compose.runtime.key
import androidx.compose.runtime.mutableStateOf
import androidx.compose.runtime.remember
import androidx.compose.runtime.setValue
import androidx.compose.ui.Modifier
import androidx.compose.ui.platform.LocalDensity
import androidx.compose.ui.res.painterResource
import androidx.compose.ui.res.stringResource
import androidx.compose.ui.unit.dp
import dev.saha.app.R
import dev.saha.app.app.Session
import dev.saha.app.app.Tab
import dev.saha.app.screens.TargetCard
import dev.saha.app.screens.TodayModel
import dev.saha.app.screens.today
import dev.saha.core.DueCustomer
import dev.saha.core.Stop
import dev.saha.domain.Lang
import dev.saha.domain.StopState

/** Today. */
@Composable
fun TodayView(session: Session) {
    val model = session.today()
    Shown(model, session.epoch) { model.run() }
    Screen(
        title = stringResource(R.string.tab_today),
        model.trouble,
        bottom = { TodayButton(model) { session.navigation.tab = Tab.CUSTOMERS } },
    ) {
        section(R.string.today_targets)
        val targets = model.targets
        if (targets == null) item { Waiting() }
        item(key = "targets") { TargetsBeside(targets.orEmpty(), model) }
        if (targets?.isEmpty() == true) item { Quiet(stringResource(R.string.targets_none)) }
        stops(model, session.lang)
        if (model.due.isNotEmpty()) section(R.string.customers_due)
        items(model.due, key = { "due ${it.customer.id}" }) { DueView(it, model) }
    }
    if (model.trouble.isBusy) PlaceProgress()
}

/** The targets beside each other, so that the day's stops are in sight below them. */
@Composable
private fun TargetsBeside(targets: List<TargetCard>, model: TodayModel) {
    BoxWithConstraints(Modifier.fillMaxWidth()) {
        val width = minOf(TARGET_WIDTH * LocalDensity.current.fontScale, maxWidth)
        Row(
            horizontalArrangement = Arrangement.spacedBy(8.dp),
            modifier = Modifier
                .requiredWidth(maxWidth + SIDE * 2)
                .horizontalScroll(rememberScrollState())
                .padding(horizontal = SIDE)
                .height(IntrinsicSize.Max),
        ) {
            targets.forEach { card ->
                key(card.id) { TargetCardView(card, Modifier.width(width).fillMaxHeight()) { model.open(card) } }
            }
        }
    }
}

private fun LazyListScope.stops(model: TodayModel, lang: Lang) {
    section(R.string.today_stops)
    items(model.stops, key = { "stop ${it.item.id}" }) { StopView(it, model, lang) }
    if (model.stops.isEmpty()) item { Quiet(stringResource(R.string.today_nostops)) }
}

@Composable
private fun TodayButton(model: TodayModel, log: () -> Unit) {
    val open = model.open
    if (open == null) {
        BottomButton(stringResource(R.string.today_log), onClick = log)
    } else {
        BottomButton(stringResource(R.string.today_goon, open.name), onClick = model::goOn)
    }
}

@Composable
private fun StopView(stop: Stop, model: TodayModel, lang: Lang) = VisitRowView(
    name = stop.customer.name,
    canBegin = stop.state == StopState.PLANNED,
    open = { model.open(stop) },
    checkIn = { model.checkIn(stop.customer.id) },
    detail = { Quiet(stop.state.text(lang)) },
    menu = { StopMenu(stop.customer.name, begins { model.remove(stop) }) },
)

@Composable
private fun StopMenu(name: String, remove: () -> Unit) {
    var isOpen by remember { mutableStateOf(false) }
    IconButton(onClick = { isOpen = true }) {
        Icon(painterResource(R.drawable.ic_more), stringResource(R.string.stop_more, name))
    }
    DropdownMenu(isOpen, onDismissRequest = { isOpen = false }) {
        DropdownMenuItem(
            text = { Text(stringResource(R.string.today_remove)) },
            onClick = {
                isOpen = false
                remove()
            },
        )
    }
}

/** Somebody who is due and no stop of today. */
@Composable
private fun DueView(due: DueCustomer, model: TodayModel) = VisitRowView(
    name = due.customer.name,
    canBegin = true,
    open = { model.open(due.customer.id) },
    checkIn = { model.checkIn(due.customer.id) },
    detail = { DueText(due.overdueDays.toInt()) },
)

private val TARGET_WIDTH = 200.dp
