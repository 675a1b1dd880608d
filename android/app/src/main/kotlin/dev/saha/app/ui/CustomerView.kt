package dev.saha.app.ui

import androidx.compose.foundation.lazy.LazyListScope
import androidx.compose.foundation.lazy.items
import androidx.compose.material3.Text
import androidx.compose.material3.TextButton
import androidx.compose.runtime.Composable
import androidx.compose.ui.platform.LocalContext
import androidx.compose.ui.res.stringResource
import dev.saha.app.R
import dev.saha.app.app.Session
import dev.saha.app.screens.CustomerModel
import dev.saha.app.screens.customer
import dev.saha.app.screens.id
import dev.saha.core.StoryEntry
import dev.saha.domain.Customer
import dev.saha.domain.CustomerId
import dev.saha.domain.Lang

/** A customer and his story. */
@Composable
fun CustomerView(session: Session, id: CustomerId) {
    val model = session.customer(id)
    Shown(model, model.query, session.epoch) { model.run() }
    Screen(
        title = model.name,
        model.trouble,
        actions = { TextButton(onClick = model::edit) { Text(stringResource(R.string.customer_edit)) } },
        bottom = { BottomButton(stringResource(R.string.visit_checkin), !model.trouble.isBusy, onClick = begins { model.checkIn() }) },
    ) {
        item(key = "facts") { model.customer?.let { FactsView(it, session.lang) } }
        item(key = "actions") { if (model.customer != null) ActionsView(model) }
        story(model, session.lang)
    }
    if (model.trouble.isBusy) PlaceProgress()
}

/** What is known of a customer. */
@Composable
private fun FactsView(customer: Customer, lang: Lang) {
    Panel {
        Fact(stringResource(R.string.customer_lifecycle), customer.lifecycle.text(lang))
        customer.code?.let { Fact(stringResource(R.string.customer_code), it) }
        customer.phone?.let { Fact(stringResource(R.string.customer_phone), it) }
        customer.address?.let { Fact(stringResource(R.string.customer_address), it) }
        customer.note?.let { Fact(stringResource(R.string.customer_note), it) }
    }
}

@Composable
private fun ActionsView(model: CustomerModel) {
    val context = LocalContext.current
    Actions {
        Action(R.drawable.ic_phone, stringResource(R.string.customer_call)) { model.call()?.let(context::dial) }
        model.place?.let { place ->
            Action(R.drawable.ic_directions, stringResource(R.string.customer_directions)) { context.showWay(place, model.name) }
        }
        Action(R.drawable.ic_sell, stringResource(R.string.customer_sell), onClick = model::sell)
        Action(R.drawable.ic_plan, stringResource(R.string.customer_plan), onClick = begins { model.plan() })
    }
}

private fun LazyListScope.story(model: CustomerModel, lang: Lang) {
    section(R.string.customer_story)
    items(model.story, key = { it.activity.id.toString() }) { entry ->
        StoryView(entry, model.moment(entry), lang, { model.open(entry) }.takeIf { model.canOpen(entry) })
    }
    if (model.story.isEmpty()) item { Quiet(stringResource(R.string.customer_nostory)) }
    more(model.hasMore, model::more)
}

@Composable
private fun StoryView(entry: StoryEntry, moment: String, lang: Lang, open: (() -> Unit)?) {
    Panel(onClick = open, isOne = true) {
        Headline(entry.title)
        Quiet(moment)
        StandingView(entry.state, entry.state.text(lang))
    }
}
