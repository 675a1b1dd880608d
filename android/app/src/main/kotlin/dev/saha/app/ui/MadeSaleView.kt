package dev.saha.app.ui

import androidx.compose.foundation.layout.Column
import androidx.compose.foundation.layout.fillMaxWidth
import androidx.compose.foundation.layout.heightIn
import androidx.compose.foundation.lazy.items
import androidx.compose.material3.FilledTonalButton
import androidx.compose.material3.MaterialTheme
import androidx.compose.material3.Text
import androidx.compose.material3.TextButton
import androidx.compose.runtime.Composable
import androidx.compose.runtime.getValue
import androidx.compose.runtime.mutableStateOf
import androidx.compose.runtime.saveable.rememberSaveable
import androidx.compose.runtime.setValue
import androidx.compose.ui.Modifier
import androidx.compose.ui.res.stringResource
import androidx.compose.ui.unit.dp
import dev.saha.app.R
import dev.saha.app.app.Session
import dev.saha.app.screens.MadeSaleModel
import dev.saha.app.screens.made
import dev.saha.domain.SaleId
import java.math.BigDecimal

/** A sale that was made. */
@Composable
fun MadeSaleView(session: Session, sale: SaleId) {
    val model = session.made(sale)
    var isCancelling by rememberSaveable { mutableStateOf(false) }
    Shown(model) { model.run() }
    Screen(title = model.sale?.number.orEmpty(), model.trouble) {
        item(key = "facts") { if (model.sale == null) Waiting() else FactsView(model) }
        section(R.string.sale_lines)
        items(model.lines, key = { it.id.toString() }) { MadeLineView(it, model) }
        if (model.isConfirmed) {
            item(key = "cancel") {
                Actions {
                    val color = MaterialTheme.colorScheme.error
                    Action(R.drawable.ic_close, stringResource(R.string.made_cancel), color) { isCancelling = true }
                }
            }
        }
    }
    if (isCancelling) {
        SureDialog(
            question = stringResource(R.string.made_cancel_sure),
            action = stringResource(R.string.made_cancel),
            onNo = { isCancelling = false },
            onYes = begins { model.cancel() },
        )
    }
}

@Composable
private fun FactsView(model: MadeSaleModel) {
    Panel {
        Fact(stringResource(R.string.made_customer), model.name)
        Fact(stringResource(R.string.made_state), model.state)
        Fact(stringResource(R.string.made_net), model.net)
        Fact(stringResource(R.string.made_tax), model.tax)
    }
}

/** A line of a sale that was made, and its correction. */
@Composable
private fun MadeLineView(line: MadeSaleModel.Line, model: MadeSaleModel) {
    val name = line.name ?: stringResource(R.string.made_unknown)
    Panel {
        Headline(name)
        Fact(line.quantity, line.net)
        Quiet(line.price)
        if (model.isConfirmed) {
            SideBySide(
                first = { room ->
                    val quantity = stringResource(R.string.sale_quantity_of, name)
                    CorrectionView(stringResource(R.string.sale_quantity), quantity, line.amount, room) { model.set(it, line.id) }
                },
                second = { room ->
                    val price = stringResource(R.string.sale_price_of, name)
                    CorrectionView(stringResource(R.string.sale_price), price, line.unitPrice, room) { model.setPrice(it, line.id) }
                },
            )
            TextButton(begins { model.remove(line.id) }, Modifier.heightIn(min = 48.dp)) {
                Text(stringResource(R.string.made_remove), color = MaterialTheme.colorScheme.error)
            }
        }
    }
}

/** A number that may be corrected, and a button once it was. */
@Composable
private fun CorrectionView(label: String, description: String, value: BigDecimal, modifier: Modifier, save: suspend (BigDecimal) -> Unit) {
    var typed by rememberSaveable(value) { mutableStateOf(value) }
    Column(modifier) {
        NumberField(label, description, typed, { typed = it }, Modifier.fillMaxWidth())
        if (typed.compareTo(value) != 0) {
            FilledTonalButton(begins { save(typed) }, Modifier.heightIn(min = 48.dp)) {
                Text(stringResource(R.string.form_save))
            }
        }
    }
}
