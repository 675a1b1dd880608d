package dev.saha.app.ui

import androidx.annotation.StringRes
import androidx.compose.foundation.lazy.items
import androidx.compose.material3.Icon
import androidx.compose.material3.IconButton
import androidx.compose.runtime.Composable
import androidx.compose.ui.res.painterResource
import androidx.compose.ui.res.stringResource
import dev.saha.app.R
import dev.saha.app.app.Session
import dev.saha.app.screens.CustomersModel
import dev.saha.app.screens.Named
import dev.saha.app.screens.customers

/** Customers, found as one types. */
@Composable
fun CustomersView(session: Session) {
    val model = session.customers()
    Shown(model, model.query, session.epoch) { model.run() }
    Screen(
        title = stringResource(R.string.tab_customers),
        model.trouble,
        actions = {
            IconButton(onClick = model::add) {
                Icon(painterResource(R.drawable.ic_add_person), stringResource(R.string.customers_add))
            }
        },
    ) {
        item(key = "search") { SearchField(R.string.customers_search, model.text) { model.text = it } }
        item(key = "order") { OrderView(model) }
        if (model.lacksPlace) item { Quiet(stringResource(R.string.customers_noplace)) }
        val rows = model.rows
        if (rows == null) item { Waiting() }
        items(rows.orEmpty(), key = { it.customer.id.toString() }) { row ->
            CustomerRowView(row) { model.open(row.customer.id) }
        }
        if (rows?.isEmpty() == true) item { Quiet(stringResource(R.string.customers_none)) }
        more(model.hasMore, model::more)
    }
}

@Composable
private fun OrderView(model: CustomersModel) {
    val orders = CustomersModel.Order.entries.map { Named(it, stringResource(it.title)) }
    OneOf(stringResource(R.string.customers_order), orders, model.order, isFree = model.text.isEmpty()) { model.order = it }
}

private val CustomersModel.Order.title: Int
    @StringRes get() = when (this) {
        CustomersModel.Order.ALL -> R.string.customers_all
        CustomersModel.Order.NEARBY -> R.string.customers_nearby
        CustomersModel.Order.DUE -> R.string.customers_due
    }

/** A customer in the list. */
@Composable
private fun CustomerRowView(row: CustomersModel.Row, open: () -> Unit) {
    Panel(onClick = open) {
        Headline(row.customer.name)
        row.customer.district?.let { Quiet(it) }
        row.distance?.let { Quiet(it) }
        row.overdueDays?.let { DueText(it) }
    }
}
