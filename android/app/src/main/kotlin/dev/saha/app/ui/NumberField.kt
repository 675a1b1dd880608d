package dev.saha.app.ui

import androidx.compose.foundation.text.KeyboardActions
import androidx.compose.foundation.text.KeyboardOptions
import androidx.compose.material3.OutlinedTextField
import androidx.compose.material3.Text
import androidx.compose.runtime.Composable
import androidx.compose.runtime.LaunchedEffect
import androidx.compose.runtime.getValue
import androidx.compose.runtime.mutableStateOf
import androidx.compose.runtime.remember
import androidx.compose.runtime.saveable.rememberSaveable
import androidx.compose.runtime.setValue
import androidx.compose.ui.Modifier
import androidx.compose.ui.focus.onFocusChanged
import androidx.compose.ui.platform.LocalFocusManager
import androidx.compose.ui.semantics.contentDescription
import androidx.compose.ui.semantics.semantics
import androidx.compose.ui.text.input.ImeAction
import androidx.compose.ui.text.input.KeyboardType
import java.math.BigDecimal

/**
 * A number that a rep types. Each number counts as it is typed, but for nothing: on the way to 0,5 one types a 0, so that counts
 * when he is done.
 */
@Composable
fun NumberField(
    label: String,
    description: String,
    value: BigDecimal,
    onChange: (BigDecimal) -> Unit,
    modifier: Modifier = Modifier,
    suffix: String? = null,
    enabled: Boolean = true,
) {
    val formats = LocalFormats.current
    val focus = LocalFocusManager.current
    var text by rememberSaveable { mutableStateOf(formats.typed(value)) }
    var isFocused by remember { mutableStateOf(false) }
    LaunchedEffect(value) {
        if (formats.read(text)?.compareTo(value) != 0) text = formats.typed(value)
    }
    OutlinedTextField(
        value = text,
        onValueChange = { typed ->
            text = typed
            formats.read(typed)?.takeIf { it.signum() > 0 && it.compareTo(value) != 0 }?.let(onChange)
        },
        label = { Text(label) },
        suffix = suffix?.let { { Text(it) } },
        isError = formats.read(text) == null,
        singleLine = true,
        enabled = enabled,
        keyboardOptions = KeyboardOptions(keyboardType = KeyboardType.Decimal, imeAction = ImeAction.Done),
        keyboardActions = KeyboardActions(onDone = { focus.clearFocus() }),
        modifier = modifier.semantics { contentDescription = description }.onFocusChanged { now ->
            if (isFocused && !now.isFocused) {
                val typed = formats.read(text)
                if (typed == null) {
                    text = formats.typed(value)
                } else if (typed.compareTo(value) != 0) {
                    onChange(typed)
                }
            }
            isFocused = now.isFocused
        },
    )
}
