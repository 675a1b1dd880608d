package dev.saha.app.ui

import androidx.compose.foundation.clickable
import androidx.compose.foundation.layout.Arrangement
import androidx.compose.foundation.layout.Column
import androidx.compose.foundation.layout.FlowRow
import androidx.compose.foundation.layout.Row
import androidx.compose.foundation.layout.fillMaxWidth
import androidx.compose.foundation.layout.heightIn
import androidx.compose.foundation.layout.padding
import androidx.compose.foundation.layout.widthIn
import androidx.compose.material3.FilledTonalButton
import androidx.compose.material3.MaterialTheme
import androidx.compose.material3.Surface
import androidx.compose.material3.Text
import androidx.compose.runtime.Composable
import androidx.compose.ui.Alignment
import androidx.compose.ui.Modifier
import androidx.compose.ui.draw.clip
import androidx.compose.ui.res.pluralStringResource
import androidx.compose.ui.res.stringResource
import androidx.compose.ui.semantics.Role
import androidx.compose.ui.semantics.contentDescription
import androidx.compose.ui.semantics.semantics
import androidx.compose.ui.unit.dp
import dev.saha.app.R

/** Somebody to visit: who it is, and one button to begin. */
@Composable
fun VisitRowView(
    name: String,
    canBegin: Boolean,
    open: () -> Unit,
    checkIn: suspend () -> Unit,
    detail: @Composable () -> Unit,
    menu: @Composable () -> Unit = {},
) {
    Surface(
        shape = MaterialTheme.shapes.large,
        color = MaterialTheme.colorScheme.surfaceContainerLow,
        modifier = Modifier.padding(vertical = 4.dp).fillMaxWidth(),
    ) {
        FlowRow(
            horizontalArrangement = Arrangement.SpaceBetween,
            verticalArrangement = Arrangement.Center,
            itemVerticalAlignment = Alignment.CenterVertically,
            modifier = Modifier.padding(4.dp),
        ) {
            Column(
                verticalArrangement = Arrangement.Center,
                modifier = Modifier
                    .weight(1f)
                    .widthIn(min = 150.dp)
                    .clip(MaterialTheme.shapes.medium)
                    .clickable(role = Role.Button, onClick = open)
                    .heightIn(min = 52.dp)
                    .padding(horizontal = 12.dp, vertical = 6.dp),
            ) {
                Headline(name)
                detail()
            }
            Row(verticalAlignment = Alignment.CenterVertically) {
                if (canBegin) CheckInButton(name, begins(checkIn))
                menu()
            }
        }
    }
}

@Composable
private fun CheckInButton(name: String, onClick: () -> Unit) {
    val whole = stringResource(R.string.visit_checkin_at, name)
    FilledTonalButton(onClick, Modifier.heightIn(min = 48.dp).semantics { contentDescription = whole }) {
        Text(stringResource(R.string.visit_checkin))
    }
}

/** For how long somebody has been due. */
@Composable
fun DueText(days: Int) {
    if (days > 0) {
        Quiet(pluralStringResource(R.plurals.customers_overdue, days, days), color = warning)
    } else {
        Quiet(stringResource(R.string.customers_duetoday))
    }
}
