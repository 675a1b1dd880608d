package dev.saha.app.ui

import androidx.compose.foundation.layout.Arrangement
import androidx.compose.foundation.layout.FlowRow
import androidx.compose.foundation.layout.heightIn
import androidx.compose.foundation.layout.padding
import androidx.compose.foundation.selection.selectableGroup
import androidx.compose.material3.FilterChip
import androidx.compose.material3.Text
import androidx.compose.runtime.Composable
import androidx.compose.ui.Modifier
import androidx.compose.ui.semantics.contentDescription
import androidx.compose.ui.semantics.semantics
import androidx.compose.ui.unit.dp
import dev.saha.app.screens.Named

/** One of several, all in sight, of which one is chosen. [title] is said to whoever can't see them. */
@Composable
fun <T> OneOf(title: String, values: List<Named<out T>>, chosen: T, isFree: Boolean = true, choose: (T) -> Unit) {
    FlowRow(
        horizontalArrangement = Arrangement.spacedBy(8.dp),
        verticalArrangement = Arrangement.spacedBy(4.dp),
        modifier = Modifier.padding(vertical = 4.dp).selectableGroup().semantics { contentDescription = title },
    ) {
        values.forEach { value ->
            FilterChip(
                selected = value.value == chosen,
                onClick = { choose(value.value) },
                label = { Text(value.name) },
                enabled = isFree,
                modifier = Modifier.heightIn(min = 48.dp),
            )
        }
    }
}
