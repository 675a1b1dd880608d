package dev.saha.app.ui

import androidx.compose.foundation.layout.Arrangement
import androidx.compose.foundation.layout.Row
import androidx.compose.foundation.layout.fillMaxWidth
import androidx.compose.foundation.layout.heightIn
import androidx.compose.foundation.layout.padding
import androidx.compose.foundation.lazy.LazyListScope
import androidx.compose.foundation.selection.toggleable
import androidx.compose.material3.MaterialTheme
import androidx.compose.material3.Switch
import androidx.compose.material3.Text
import androidx.compose.runtime.Composable
import androidx.compose.runtime.getValue
import androidx.compose.runtime.mutableStateOf
import androidx.compose.runtime.saveable.rememberSaveable
import androidx.compose.runtime.setValue
import androidx.compose.ui.Alignment
import androidx.compose.ui.Modifier
import androidx.compose.ui.platform.LocalContext
import androidx.compose.ui.res.stringResource
import androidx.compose.ui.semantics.Role
import androidx.compose.ui.unit.dp
import dev.saha.app.R
import dev.saha.app.app.Session
import dev.saha.app.screens.SettingsModel
import dev.saha.app.screens.settings

/** Whose phone this is, what it may use, and the way out. */
@Composable
fun SettingsView(session: Session) {
    val model = session.settings()
    var isLeaving by rememberSaveable { mutableStateOf(false) }
    Screen(title = stringResource(R.string.tab_settings), model.trouble) {
        account(model)
        section(R.string.settings_phone)
        item(key = "phone") { PhoneView(model) }
        section(R.string.settings_data)
        item(key = "data") { DataView(model) }
        item(key = "leaving") {
            Actions {
                Action(R.drawable.ic_sync, stringResource(R.string.settings_waits), onClick = model::showWhatWaits)
                val color = MaterialTheme.colorScheme.error
                Action(R.drawable.ic_close, stringResource(R.string.settings_signout), color) { isLeaving = true }
            }
        }
    }
    if (isLeaving) {
        SureDialog(
            question = stringResource(R.string.settings_signout_sure),
            action = stringResource(R.string.settings_signout),
            onNo = { isLeaving = false },
            onYes = begins { model.signOut() },
        )
    }
}

private fun LazyListScope.account(model: SettingsModel) {
    section(R.string.settings_account)
    item(key = "account") {
        val info = model.info ?: return@item
        Panel {
            info.rep?.let { Fact(stringResource(R.string.settings_name), it.name) }
            info.login?.let { Fact(stringResource(R.string.settings_login), it) }
            info.server?.let { Fact(stringResource(R.string.settings_server), it) }
        }
    }
}

@Composable
private fun PhoneView(model: SettingsModel) {
    val context = LocalContext.current
    Actions {
        Row(
            verticalAlignment = Alignment.CenterVertically,
            horizontalArrangement = Arrangement.spacedBy(16.dp),
            modifier = Modifier
                .fillMaxWidth()
                .toggleable(model.sendsFilesOnMeteredNetworks, role = Role.Switch) { model.sendsFilesOnMeteredNetworks = it }
                .heightIn(min = 52.dp)
                .padding(horizontal = 16.dp, vertical = 8.dp),
        ) {
            Text(stringResource(R.string.settings_metered), Modifier.weight(1f), style = MaterialTheme.typography.bodyLarge)
            Switch(model.sendsFilesOnMeteredNetworks, onCheckedChange = null)
        }
        Action(R.drawable.ic_settings, stringResource(R.string.settings_language), onClick = context::showAppSettings)
    }
}

@Composable
private fun DataView(model: SettingsModel) {
    val context = LocalContext.current
    Actions {
        Action(R.drawable.ic_export, stringResource(R.string.settings_export), onClick = begins { model.export() })
        model.exported?.let { file ->
            Action(R.drawable.ic_share, stringResource(R.string.settings_share)) { context.share(file) }
        }
    }
}
