package dev.saha.app.ui

import androidx.compose.foundation.layout.Arrangement
import androidx.compose.foundation.layout.Row
import androidx.compose.material3.MaterialTheme
import androidx.compose.runtime.Composable
import androidx.compose.ui.Alignment
import androidx.compose.ui.unit.dp
import dev.saha.app.R
import dev.saha.domain.RecordState

/** Whether the company has a record, by a sign and in words: colours alone say nothing to many. */
@Composable
fun StandingView(state: RecordState, words: String) {
    val (sign, color) = when (state) {
        RecordState.CONFIRMED -> R.drawable.ic_confirmed to MaterialTheme.colorScheme.onSurfaceVariant
        RecordState.WAITING -> R.drawable.ic_waiting to warning
        RecordState.REFUSED -> R.drawable.ic_refused to MaterialTheme.colorScheme.error
    }
    Row(verticalAlignment = Alignment.CenterVertically, horizontalArrangement = Arrangement.spacedBy(6.dp)) {
        Sign(sign, color)
        Quiet(words, color = color)
    }
}
