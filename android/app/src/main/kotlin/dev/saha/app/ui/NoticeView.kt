package dev.saha.app.ui

import androidx.compose.foundation.clickable
import androidx.compose.foundation.layout.Arrangement
import androidx.compose.foundation.layout.Column
import androidx.compose.foundation.layout.Row
import androidx.compose.foundation.layout.WindowInsets
import androidx.compose.foundation.layout.WindowInsetsSides
import androidx.compose.foundation.layout.fillMaxWidth
import androidx.compose.foundation.layout.heightIn
import androidx.compose.foundation.layout.only
import androidx.compose.foundation.layout.padding
import androidx.compose.foundation.layout.safeDrawing
import androidx.compose.foundation.layout.windowInsetsPadding
import androidx.compose.material3.LinearProgressIndicator
import androidx.compose.material3.MaterialTheme
import androidx.compose.material3.Surface
import androidx.compose.material3.Text
import androidx.compose.runtime.Composable
import androidx.compose.runtime.getValue
import androidx.compose.runtime.mutableStateOf
import androidx.compose.runtime.saveable.rememberSaveable
import androidx.compose.runtime.setValue
import androidx.compose.ui.Alignment
import androidx.compose.ui.Modifier
import androidx.compose.ui.res.stringResource
import androidx.compose.ui.semantics.Role
import androidx.compose.ui.semantics.semantics
import androidx.compose.ui.unit.dp
import dev.saha.app.R
import dev.saha.app.app.Session
import dev.saha.core.SyncStatus

/** What holds for every screen: that not everything has come yet, and that the company wants the password again. */
@Composable
fun NoticeView(session: Session) {
    var isSigningIn by rememberSaveable { mutableStateOf(false) }
    val first = session.status?.takeIf { !it.isComplete }
    if (first == null && !session.needsSignIn) return
    Surface(color = MaterialTheme.colorScheme.surfaceContainer) {
        Column(
            Modifier.windowInsetsPadding(WindowInsets.safeDrawing.only(WindowInsetsSides.Top + WindowInsetsSides.Horizontal)),
        ) {
            first?.let { FirstSyncView(it) }
            if (session.needsSignIn) SignInNotice { isSigningIn = true }
        }
    }
    if (isSigningIn) SignInAgainView(session.signInAgain) { isSigningIn = false }
}

@Composable
private fun SignInNotice(onClick: () -> Unit) {
    Row(
        verticalAlignment = Alignment.CenterVertically,
        horizontalArrangement = Arrangement.spacedBy(12.dp),
        modifier = Modifier
            .fillMaxWidth()
            .clickable(role = Role.Button, onClick = onClick)
            .heightIn(min = 48.dp)
            .padding(horizontal = 16.dp, vertical = 8.dp),
    ) {
        Sign(R.drawable.ic_refused, warning)
        Text(stringResource(R.string.notice_signin), style = MaterialTheme.typography.titleSmall)
    }
}

/** The first sync goes on: lists and figures are not complete. */
@Composable
private fun FirstSyncView(status: SyncStatus) {
    Column(
        Modifier.fillMaxWidth().padding(horizontal = 16.dp, vertical = 12.dp).semantics(mergeDescendants = true) {},
        verticalArrangement = Arrangement.spacedBy(6.dp),
    ) {
        Text(stringResource(R.string.firstsync_title), style = MaterialTheme.typography.titleSmall)
        LinearProgressIndicator({ status.receivedBp / WHOLE_BP }, Modifier.fillMaxWidth())
        Quiet(stringResource(R.string.firstsync_received, LocalFormats.current.count(status.received)))
    }
}

private const val WHOLE_BP = 10_000f
