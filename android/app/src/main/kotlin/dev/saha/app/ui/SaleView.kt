package dev.saha.app.ui

import androidx.compose.foundation.lazy.LazyListScope
import androidx.compose.foundation.lazy.items
import androidx.compose.material3.MaterialTheme
import androidx.compose.material3.Text
import androidx.compose.material3.TextButton
import androidx.compose.runtime.Composable
import androidx.compose.ui.res.stringResource
import dev.saha.amount
import dev.saha.app.R
import dev.saha.app.app.LineDraft
import dev.saha.app.app.Session
import dev.saha.app.screens.SaleModel
import dev.saha.app.screens.sale
import dev.saha.domain.CustomerId
import dev.saha.domain.Product
import dev.saha.domain.VisitId
import java.math.BigDecimal

/** A sale that is put together. */
@Composable
fun SaleView(session: Session, customer: CustomerId, visit: VisitId?) {
    val model = session.sale(customer, visit)
    Shown(model) { model.run() }
    Shown(model, model.query) { model.search() }
    val lines = model.lines
    Shown(model, lines) { model.quote(lines) }
    Screen(
        title = model.name,
        model.trouble,
        actions = { TextButton(onClick = model::forget) { Text(stringResource(R.string.sale_forget)) } },
        bottom = {
            BottomButton(stringResource(R.string.sale_save), model.canSave, model.trouble.isBusy, begins { model.save() })
        },
    ) {
        section(R.string.sale_lines)
        items(lines, key = { "line ${it.id}" }) { LineView(it, model) }
        if (lines.isEmpty()) item { Quiet(stringResource(R.string.sale_empty)) }
        item(key = "sums") { SumsView(model) }
        item(key = "note") { Field(R.string.sale_note, model.note, { model.note = it }, isLong = true, keyboard = SENTENCES) }
        products(model)
    }
}

private fun LazyListScope.products(model: SaleModel) {
    section(R.string.sale_products)
    item(key = "search") { SearchField(R.string.sale_search, model.text) { model.text = it } }
    items(model.products, key = { "product ${it.id}" }) { ProductView(it, model) }
    if (model.products.isEmpty()) item { Quiet(stringResource(R.string.sale_none)) }
}

@Composable
private fun ProductView(product: Product, model: SaleModel) {
    Panel(onClick = { model.add(product) }, clickLabel = stringResource(R.string.sale_add)) {
        NameAndValue(product.name, model.price(product))
    }
}

/** What the sale comes to, or why there can be none. */
@Composable
private fun SumsView(model: SaleModel) {
    model.objection?.let { Text(it, color = MaterialTheme.colorScheme.error) }
    val sums = model.sums ?: return
    Panel {
        Fact(stringResource(R.string.made_net), sums.net)
        Fact(stringResource(R.string.made_tax), sums.tax)
        Fact(stringResource(R.string.sale_total), sums.total)
    }
}

/** A line of a sale: the product, how much of it, at which price, and what that comes to. */
@Composable
private fun LineView(line: LineDraft, model: SaleModel) {
    Panel {
        Headline(line.name)
        NameAndValue(model.price(line), model.net(line).orEmpty())
        SideBySide(
            first = { room ->
                val quantity = stringResource(R.string.sale_quantity_of, line.name)
                val set = { amount: BigDecimal -> model.set(amount, line.id) }
                NumberField(stringResource(R.string.sale_quantity), quantity, line.amount, set, room, suffix = line.unit)
            },
            second = { room ->
                val price = stringResource(R.string.sale_price_of, line.name)
                val set = { amount: BigDecimal -> model.setPrice(amount, line.id) }
                NumberField(stringResource(R.string.sale_price), price, line.price.amount, set, room)
            },
        )
    }
}
