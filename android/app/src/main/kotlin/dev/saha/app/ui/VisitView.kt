package dev.saha.app.ui

import androidx.annotation.DrawableRes
import androidx.annotation.StringRes
import androidx.compose.foundation.lazy.LazyListScope
import androidx.compose.material3.DropdownMenu
import androidx.compose.material3.DropdownMenuItem
import androidx.compose.material3.Text
import androidx.compose.material3.TextButton
import androidx.compose.runtime.Composable
import androidx.compose.runtime.getValue
import androidx.compose.runtime.mutableStateOf
import androidx.compose.runtime.remember
import androidx.compose.runtime.saveable.rememberSaveable
import androidx.compose.runtime.setValue
import androidx.compose.ui.res.pluralStringResource
import androidx.compose.ui.res.stringResource
import dev.saha.app.R
import dev.saha.app.app.Session
import dev.saha.app.device.PictureSource
import dev.saha.app.screens.VisitModel
import dev.saha.app.screens.visit
import dev.saha.core.Choice
import dev.saha.domain.VisitId
import kotlinx.coroutines.launch

/** A visit. */
@Composable
fun VisitView(session: Session, id: VisitId) {
    val model = session.visit(id)
    var isTakingBack by rememberSaveable { mutableStateOf(false) }
    Shown(model) { model.run() }
    Screen(
        title = model.name,
        model.trouble,
        actions = {
            if (model.isOpen || model.isOver) {
                TextButton(onClick = { isTakingBack = true }) { Text(stringResource(R.string.visit_takeback)) }
            }
        },
    ) {
        item(key = "facts") { if (model.visit == null) Waiting() else FactsView(model) }
        if (model.isOpen || model.isOver) {
            outcomes(R.string.visit_outcome, model.outcomes, isFree = !model.trouble.isBusy, model::choose)
            item(key = "note") { Field(R.string.visit_note, model.note, { model.note = it }, isLong = true, keyboard = SENTENCES) }
            item(key = "photos") { PhotosView(model) }
        }
        sales(model)
    }
    if (isTakingBack) {
        SureDialog(
            question = stringResource(R.string.visit_takeback_sure),
            action = stringResource(R.string.visit_takeback),
            onNo = { isTakingBack = false },
            onYes = begins { model.takeBack() },
        )
    }
}

@Composable
private fun FactsView(model: VisitModel) {
    Panel {
        Fact(stringResource(R.string.visit_since), model.since)
        Fact(stringResource(R.string.visit_verdict), model.verdict)
    }
}

/** What may come of a visit or a call: one tap each. */
fun LazyListScope.outcomes(
    @StringRes title: Int,
    outcomes: List<Choice>,
    isFree: Boolean,
    choose: suspend (Choice) -> Unit,
) {
    section(title)
    item(key = "outcomes") {
        Actions {
            outcomes.forEach { outcome -> Chosen(outcome.name, isFree, begins { choose(outcome) }) }
        }
    }
}

@Composable
private fun PhotosView(model: VisitModel) {
    SectionTitle(pluralStringResource(R.plurals.visit_photos, model.photos.size, model.photos.size))
    Actions {
        PictureMenu(model, PictureSource.CAMERA, R.drawable.ic_camera, R.string.visit_camera)
        PictureMenu(model, PictureSource.LIBRARY, R.drawable.ic_picture, R.string.visit_library)
    }
}

/** The way to a picture: first of what, then the picture. */
@Composable
private fun PictureMenu(
    model: VisitModel,
    source: PictureSource,
    @DrawableRes sign: Int,
    @StringRes title: Int,
) {
    var isOpen by remember { mutableStateOf(false) }
    val work = LocalWork.current
    Action(sign, stringResource(title)) { isOpen = true }
    DropdownMenu(isOpen, onDismissRequest = { isOpen = false }) {
        model.purposes.forEach { purpose ->
            DropdownMenuItem(
                text = { Text(purpose.name) },
                onClick = {
                    isOpen = false
                    work.launch { model.picture(purpose.value, source) }
                },
            )
        }
    }
}

/** What was sold at it, and the way to more. */
private fun LazyListScope.sales(model: VisitModel) {
    section(R.string.visit_sales)
    item(key = "sales") {
        model.sales.forEach { sale ->
            Panel(onClick = { model.open(sale.id) }) { NameAndValue(sale.number, sale.net) }
        }
        if (model.isOpen) Actions { Action(R.drawable.ic_sell, stringResource(R.string.visit_sell), onClick = model::sell) }
    }
}
