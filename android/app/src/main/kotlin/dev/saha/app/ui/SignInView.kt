package dev.saha.app.ui

import androidx.compose.foundation.layout.fillMaxWidth
import androidx.compose.foundation.layout.padding
import androidx.compose.foundation.text.KeyboardActions
import androidx.compose.foundation.text.KeyboardOptions
import androidx.compose.material3.AlertDialog
import androidx.compose.material3.MaterialTheme
import androidx.compose.material3.OutlinedTextField
import androidx.compose.material3.Text
import androidx.compose.material3.TextButton
import androidx.compose.runtime.Composable
import androidx.compose.ui.Modifier
import androidx.compose.ui.autofill.ContentType
import androidx.compose.ui.platform.LocalFocusManager
import androidx.compose.ui.res.stringResource
import androidx.compose.ui.semantics.contentType
import androidx.compose.ui.semantics.semantics
import androidx.compose.ui.text.input.ImeAction
import androidx.compose.ui.text.input.KeyboardType
import androidx.compose.ui.text.input.PasswordVisualTransformation
import androidx.compose.ui.unit.dp
import dev.saha.app.R
import dev.saha.app.screens.SignInAgainModel
import dev.saha.app.screens.SignInModel

/** Who is there? */
@Composable
fun SignInView(model: SignInModel) {
    val signIn = begins { model.signIn() }
    val isBusy = model.trouble.isBusy
    Screen(
        title = stringResource(R.string.app_name),
        model.trouble,
        bottom = {
            val text = stringResource(if (isBusy) R.string.signin_running else R.string.signin_button)
            BottomButton(text, model.canSignIn, isBusy, signIn)
        },
    ) {
        model.reason?.let { item { Text(it, color = MaterialTheme.colorScheme.error) } }
        item {
            Text(
                stringResource(R.string.signin_title),
                style = MaterialTheme.typography.headlineMedium,
                modifier = Modifier.padding(vertical = 12.dp),
            )
        }
        item {
            Field(R.string.signin_server, model.server, { model.server = it }, enabled = !isBusy, keyboard = plain(KeyboardType.Uri))
        }
        item {
            val username = Modifier.semantics { contentType = ContentType.Username }
            Field(
                R.string.signin_login,
                model.login,
                { model.login = it },
                username,
                enabled = !isBusy,
                keyboard = plain(KeyboardType.Email),
            )
        }
        item { PasswordField(model.password, { model.password = it }, enabled = !isBusy, done = signIn) }
        if (model.known.size > 1) {
            section(R.string.signin_known)
            item {
                Actions {
                    model.known.forEach { login -> Action(R.drawable.ic_people, login) { model.login = login } }
                }
            }
        }
    }
}

/** The password once more. */
@Composable
fun SignInAgainView(model: SignInAgainModel, close: () -> Unit) {
    val signIn = begins { if (model.signIn()) close() }
    AlertDialog(
        onDismissRequest = close,
        title = { Text(stringResource(R.string.notice_signin)) },
        text = { PasswordField(model.password, { model.password = it }, enabled = !model.trouble.isBusy, done = signIn) },
        confirmButton = {
            TextButton(signIn, enabled = model.canSignIn) { Text(stringResource(R.string.signin_button)) }
        },
        dismissButton = { TextButton(close) { Text(stringResource(R.string.trouble_cancel)) } },
    )
    TroubleDialog(model.trouble)
}

@Composable
private fun PasswordField(value: String, onChange: (String) -> Unit, enabled: Boolean, done: () -> Unit) {
    val focus = LocalFocusManager.current
    OutlinedTextField(
        value = value,
        onValueChange = onChange,
        label = { Text(stringResource(R.string.signin_password)) },
        singleLine = true,
        enabled = enabled,
        visualTransformation = PasswordVisualTransformation(),
        keyboardOptions = KeyboardOptions(keyboardType = KeyboardType.Password, imeAction = ImeAction.Go),
        keyboardActions = KeyboardActions(
            onGo = {
                focus.clearFocus()
                done()
            },
        ),
        modifier = Modifier.padding(vertical = 4.dp).fillMaxWidth().semantics { contentType = ContentType.Password },
    )
}

private fun plain(type: KeyboardType) = KeyboardOptions(autoCorrectEnabled = false, keyboardType = type, imeAction = ImeAction.Next)
