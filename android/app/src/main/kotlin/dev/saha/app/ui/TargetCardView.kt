package dev.saha.app.ui

import androidx.compose.foundation.background
import androidx.compose.foundation.layout.Arrangement
import androidx.compose.foundation.layout.Row
import androidx.compose.foundation.layout.Spacer
import androidx.compose.foundation.layout.fillMaxWidth
import androidx.compose.foundation.layout.height
import androidx.compose.foundation.layout.padding
import androidx.compose.foundation.shape.CircleShape
import androidx.compose.material3.MaterialTheme
import androidx.compose.material3.Text
import androidx.compose.runtime.Composable
import androidx.compose.ui.Modifier
import androidx.compose.ui.draw.clip
import androidx.compose.ui.draw.drawBehind
import androidx.compose.ui.geometry.Offset
import androidx.compose.ui.geometry.Size
import androidx.compose.ui.res.pluralStringResource
import androidx.compose.ui.res.stringResource
import androidx.compose.ui.text.font.FontWeight
import androidx.compose.ui.unit.dp
import dev.saha.app.R
import dev.saha.app.screens.TargetCard

/** A target: where the rep stands, at which pace, and what is left. */
@Composable
fun TargetCardView(card: TargetCard, modifier: Modifier = Modifier.fillMaxWidth(), onClick: (() -> Unit)? = null) {
    Panel(modifier, onClick, stringResource(R.string.targets_open), isOne = true) {
        Headline(card.title)
        Row(horizontalArrangement = Arrangement.spacedBy(12.dp)) {
            val numbers = MaterialTheme.typography.titleLarge
            Text(stringResource(R.string.targets_of, card.actual, card.wanted), Modifier.weight(1f), style = numbers)
            card.progress?.let { Text(it, style = numbers, fontWeight = FontWeight.Bold) }
        }
        BarView(card.bar)
        card.today?.let { Quiet(stringResource(R.string.targets_today, it)) }
        Quiet(stringResource(R.string.targets_left, card.left))
        card.perDay?.let { Quiet(pluralStringResource(R.plurals.targets_perday, card.daysLeft, it, card.daysLeft)) }
        card.pace?.let { Quiet(stringResource(R.string.targets_pace, it)) }
    }
}

/** A target's bar: what the company has, what it lacks, and where one would be by now. The numbers beside it say the same. */
@Composable
private fun BarView(bar: TargetCard.Bar) {
    val colors = MaterialTheme.colorScheme
    Spacer(
        Modifier
            .padding(vertical = 6.dp)
            .fillMaxWidth()
            .height(10.dp)
            .clip(CircleShape)
            .background(colors.surfaceContainerHighest)
            .drawBehind {
                val (confirmed, waiting) = size.width * bar.confirmed to size.width * bar.waiting
                drawRect(colors.primary, size = Size(confirmed, size.height))
                drawRect(colors.primary.copy(alpha = 0.45f), Offset(confirmed, 0f), Size(waiting, size.height))
                bar.expected?.let {
                    val mark = 2.dp.toPx()
                    drawRect(colors.onSurface, Offset(maxOf(0f, size.width * it - mark), 0f), Size(mark, size.height))
                }
            },
    )
}
