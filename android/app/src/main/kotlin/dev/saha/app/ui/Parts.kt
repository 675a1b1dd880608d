package dev.saha.app.ui

import androidx.annotation.DrawableRes
import androidx.annotation.StringRes
import androidx.compose.foundation.clickable
import androidx.compose.foundation.layout.Arrangement
import androidx.compose.foundation.layout.Box
import androidx.compose.foundation.layout.BoxWithConstraints
import androidx.compose.foundation.layout.Column
import androidx.compose.foundation.layout.FlowRow
import androidx.compose.foundation.layout.Row
import androidx.compose.foundation.layout.fillMaxWidth
import androidx.compose.foundation.layout.heightIn
import androidx.compose.foundation.layout.padding
import androidx.compose.foundation.layout.size
import androidx.compose.foundation.lazy.LazyListScope
import androidx.compose.foundation.text.KeyboardOptions
import androidx.compose.material3.CircularProgressIndicator
import androidx.compose.material3.Icon
import androidx.compose.material3.IconButton
import androidx.compose.material3.MaterialTheme
import androidx.compose.material3.OutlinedTextField
import androidx.compose.material3.Surface
import androidx.compose.material3.Text
import androidx.compose.runtime.Composable
import androidx.compose.runtime.LaunchedEffect
import androidx.compose.ui.Alignment
import androidx.compose.ui.Modifier
import androidx.compose.ui.draw.clip
import androidx.compose.ui.graphics.Color
import androidx.compose.ui.platform.LocalDensity
import androidx.compose.ui.res.painterResource
import androidx.compose.ui.res.stringResource
import androidx.compose.ui.semantics.Role
import androidx.compose.ui.semantics.heading
import androidx.compose.ui.semantics.semantics
import androidx.compose.ui.unit.dp
import dev.saha.app.R

/** The name of what follows in a list. */
fun LazyListScope.section(
    @StringRes title: Int,
) = item(key = title) { SectionTitle(stringResource(title)) }

/** The name of what follows. */
@Composable
fun SectionTitle(text: String) {
    Text(
        text,
        style = MaterialTheme.typography.titleSmall,
        color = MaterialTheme.colorScheme.primary,
        modifier = Modifier.padding(top = 20.dp, bottom = 8.dp).semantics { heading() },
    )
}

/**
 * Something that belongs together, on a ground of its own. A tap does what [clickLabel] says to whoever can't see it; what [isOne]
 * is read to him at once.
 */
@Composable
fun Panel(
    modifier: Modifier = Modifier.fillMaxWidth(),
    onClick: (() -> Unit)? = null,
    clickLabel: String? = null,
    isOne: Boolean = false,
    content: @Composable () -> Unit,
) {
    val shape = MaterialTheme.shapes.large
    val click = if (onClick == null) Modifier else Modifier.clickable(onClickLabel = clickLabel, role = Role.Button, onClick = onClick)
    val one = if (isOne) Modifier.semantics(mergeDescendants = true) {} else Modifier
    Surface(
        shape = shape,
        color = MaterialTheme.colorScheme.surfaceContainerLow,
        modifier = modifier.padding(vertical = 4.dp).clip(shape).then(click).then(one),
    ) {
        Column(
            modifier = Modifier.heightIn(min = 48.dp).padding(horizontal = 16.dp, vertical = 12.dp),
            verticalArrangement = Arrangement.spacedBy(4.dp),
        ) { content() }
    }
}

/** A fact and its name. */
@Composable
fun Fact(name: String, value: String) = Box(Modifier.semantics(mergeDescendants = true) {}) { NameAndValue(name, value) }

/** A fact and its name, within something that is read as one. */
@Composable
fun NameAndValue(name: String, value: String) = Between(
    first = { Quiet(name, Modifier.padding(end = 16.dp)) },
    second = { Text(value, style = MaterialTheme.typography.bodyLarge) },
)

/** Two things at the ends of a line where there is room, else below each other. */
@Composable
fun Between(first: @Composable () -> Unit, second: @Composable () -> Unit) {
    FlowRow(
        modifier = Modifier.fillMaxWidth(),
        horizontalArrangement = Arrangement.SpaceBetween,
        itemVerticalAlignment = Alignment.CenterVertically,
    ) {
        first()
        second()
    }
}

/** What is said beside the main thing. */
@Composable
fun Quiet(text: String, modifier: Modifier = Modifier, color: Color = MaterialTheme.colorScheme.onSurfaceVariant) {
    Text(text, modifier, color = color, style = MaterialTheme.typography.bodyMedium)
}

/** The main thing of a line. */
@Composable
fun Headline(text: String, modifier: Modifier = Modifier) {
    Text(text, modifier, style = MaterialTheme.typography.titleMedium)
}

/** A sign that is said in words beside it. */
@Composable
fun Sign(
    @DrawableRes sign: Int,
    tint: Color = MaterialTheme.colorScheme.primary,
) {
    Icon(painterResource(sign), contentDescription = null, tint = tint, modifier = Modifier.size(22.dp))
}

/** Something to do, as a line of a list: its sign and its name. */
@Composable
fun Action(
    @DrawableRes sign: Int,
    text: String,
    color: Color = MaterialTheme.colorScheme.primary,
    onClick: () -> Unit,
) {
    Row(
        verticalAlignment = Alignment.CenterVertically,
        horizontalArrangement = Arrangement.spacedBy(16.dp),
        modifier = Modifier
            .fillMaxWidth()
            .clickable(role = Role.Button, onClick = onClick)
            .heightIn(min = 52.dp)
            .padding(horizontal = 16.dp, vertical = 8.dp),
    ) {
        Sign(sign, color)
        Text(text, color = color, style = MaterialTheme.typography.bodyLarge)
    }
}

/** Lines of things to do on one ground. */
@Composable
fun Actions(content: @Composable () -> Unit) {
    Surface(
        shape = MaterialTheme.shapes.large,
        color = MaterialTheme.colorScheme.surfaceContainerLow,
        modifier = Modifier.padding(vertical = 4.dp).fillMaxWidth(),
    ) { Column { content() } }
}

/** A text that a rep writes. */
@Composable
fun Field(
    @StringRes name: Int,
    value: String,
    onChange: (String) -> Unit,
    modifier: Modifier = Modifier,
    isLong: Boolean = false,
    enabled: Boolean = true,
    keyboard: KeyboardOptions = KeyboardOptions.Default,
) {
    OutlinedTextField(
        value = value,
        onValueChange = onChange,
        label = { Text(stringResource(name)) },
        singleLine = !isLong,
        enabled = enabled,
        minLines = if (isLong) 2 else 1,
        keyboardOptions = keyboard,
        modifier = modifier.padding(vertical = 4.dp).fillMaxWidth(),
    )
}

/** The end of a list of which there is more: whoever sees it wants more. */
fun LazyListScope.more(hasMore: Boolean, more: () -> Unit) {
    if (!hasMore) return
    item(key = "more") {
        Waiting()
        LaunchedEffect(Unit) { more() }
    }
}

/** Something is on its way. */
@Composable
fun Waiting() {
    Box(Modifier.fillMaxWidth().padding(24.dp), contentAlignment = Alignment.Center) { CircularProgressIndicator() }
}

/** One of several things that may be so: a tap says which. */
@Composable
fun Chosen(text: String, isFree: Boolean, onClick: () -> Unit) {
    Box(
        contentAlignment = Alignment.CenterStart,
        modifier = Modifier
            .fillMaxWidth()
            .clickable(enabled = isFree, role = Role.Button, onClick = onClick)
            .heightIn(min = 52.dp)
            .padding(horizontal = 16.dp, vertical = 8.dp),
    ) { Text(text, color = MaterialTheme.colorScheme.primary, style = MaterialTheme.typography.bodyLarge) }
}

/** A number that is changed step by step. */
@Composable
fun Stepper(value: Int, range: IntRange, text: String, less: String, more: String, set: (Int) -> Unit) {
    Row(verticalAlignment = Alignment.CenterVertically, horizontalArrangement = Arrangement.spacedBy(8.dp)) {
        IconButton(onClick = { set(value - 1) }, enabled = value > range.first) {
            Icon(painterResource(R.drawable.ic_remove), less)
        }
        Text(text, style = MaterialTheme.typography.titleMedium)
        IconButton(onClick = { set(value + 1) }, enabled = value < range.last) {
            Icon(painterResource(R.drawable.ic_add), more)
        }
    }
}

/** Two things beside each other where both have room for their letters, else below each other. */
@Composable
fun SideBySide(first: @Composable (Modifier) -> Unit, second: @Composable (Modifier) -> Unit) {
    BoxWithConstraints(Modifier.fillMaxWidth()) {
        if (maxWidth / LocalDensity.current.fontScale >= ROOM_FOR_TWO) {
            Row(horizontalArrangement = Arrangement.spacedBy(12.dp)) {
                first(Modifier.weight(1f))
                second(Modifier.weight(1f))
            }
        } else {
            Column {
                first(Modifier.fillMaxWidth())
                second(Modifier.fillMaxWidth())
            }
        }
    }
}

private val ROOM_FOR_TWO = 260.dp
