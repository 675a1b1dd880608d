package dev.saha.app.ui

import androidx.compose.material3.AlertDialog
import androidx.compose.material3.Text
import androidx.compose.material3.TextButton
import androidx.compose.runtime.Composable
import androidx.compose.ui.res.stringResource
import dev.saha.app.R
import dev.saha.app.app.Trouble

/** Tells what went wrong, in the core's words. */
@Composable
fun TroubleDialog(trouble: Trouble) {
    val sentence = trouble.sentence ?: return
    AlertDialog(
        onDismissRequest = trouble::dismiss,
        title = { Text(stringResource(R.string.trouble_title)) },
        text = { Text(sentence) },
        confirmButton = {
            TextButton(onClick = trouble::dismiss) { Text(stringResource(R.string.trouble_ok)) }
        },
    )
}

/** Asks once more before something that can't be taken back: [action] says what happens. */
@Composable
fun SureDialog(question: String, action: String, onNo: () -> Unit, onYes: () -> Unit) {
    AlertDialog(
        onDismissRequest = onNo,
        text = { Text(question) },
        confirmButton = {
            TextButton(
                onClick = {
                    onNo()
                    onYes()
                },
            ) { Text(action) }
        },
        dismissButton = { TextButton(onClick = onNo) { Text(stringResource(R.string.trouble_cancel)) } },
    )
}
