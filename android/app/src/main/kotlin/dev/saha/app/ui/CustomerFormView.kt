package dev.saha.app.ui

import androidx.compose.foundation.text.KeyboardOptions
import androidx.compose.material3.Text
import androidx.compose.material3.TextButton
import androidx.compose.runtime.Composable
import androidx.compose.ui.res.stringResource
import androidx.compose.ui.text.input.KeyboardCapitalization
import androidx.compose.ui.text.input.KeyboardType
import dev.saha.app.R
import dev.saha.app.app.Session
import dev.saha.app.screens.form
import dev.saha.domain.CustomerId

/** A new prospect, or a customer's own data. */
@Composable
fun CustomerFormView(session: Session, id: CustomerId?) {
    val model = session.form(id)
    Shown(model) { model.run() }
    val draft = model.draft
    Screen(
        title = stringResource(if (model.isNew) R.string.form_new else R.string.form_edit),
        model.trouble,
        actions = { TextButton(onClick = model::forget) { Text(stringResource(R.string.form_forget)) } },
        bottom = {
            BottomButton(stringResource(R.string.form_save), model.canSave, model.trouble.isBusy, begins { model.save() })
        },
    ) {
        item { Field(R.string.form_name, draft.name, { model.draft = draft.copy(name = it) }, keyboard = WORDS) }
        item { Field(R.string.form_taxno, draft.taxNo, { model.draft = draft.copy(taxNo = it) }, keyboard = DIGITS) }
        item { Field(R.string.form_phone, draft.phone, { model.draft = draft.copy(phone = it) }, keyboard = PHONE) }
        item { Field(R.string.form_district, draft.district, { model.draft = draft.copy(district = it) }, keyboard = WORDS) }
        item { Field(R.string.form_address, draft.address, { model.draft = draft.copy(address = it) }, isLong = true, keyboard = WORDS) }
        item { Field(R.string.form_note, draft.note, { model.draft = draft.copy(note = it) }, isLong = true, keyboard = SENTENCES) }
    }
}

private val WORDS = KeyboardOptions(capitalization = KeyboardCapitalization.Words)
private val DIGITS = KeyboardOptions(keyboardType = KeyboardType.Number)
private val PHONE = KeyboardOptions(keyboardType = KeyboardType.Phone)

/** A keyboard for a rep's own words. */
internal val SENTENCES = KeyboardOptions(capitalization = KeyboardCapitalization.Sentences)
