package dev.saha.app.ui

import androidx.compose.foundation.lazy.LazyListScope
import androidx.compose.material3.Text
import androidx.compose.material3.TextButton
import androidx.compose.runtime.Composable
import androidx.compose.ui.res.stringResource
import dev.saha.app.R
import dev.saha.app.app.Trouble

/** A form that corrects what was written down before: it can be saved once it is [ready], and dropped at any time. */
@Composable
fun CorrectionScreen(
    title: String,
    trouble: Trouble,
    ready: Boolean,
    forget: () -> Unit,
    save: suspend () -> Unit,
    content: LazyListScope.() -> Unit,
) = Screen(
    title,
    trouble,
    actions = { TextButton(onClick = forget) { Text(stringResource(R.string.form_forget)) } },
    bottom = { BottomButton(stringResource(R.string.form_save), ready, trouble.isBusy, begins(save)) },
    content = content,
)
