package dev.saha.app.ui

import androidx.compose.foundation.layout.Box
import androidx.compose.foundation.layout.BoxWithConstraints
import androidx.compose.foundation.layout.PaddingValues
import androidx.compose.foundation.layout.RowScope
import androidx.compose.foundation.layout.WindowInsets
import androidx.compose.foundation.layout.WindowInsetsSides
import androidx.compose.foundation.layout.fillMaxSize
import androidx.compose.foundation.layout.fillMaxWidth
import androidx.compose.foundation.layout.heightIn
import androidx.compose.foundation.layout.imePadding
import androidx.compose.foundation.layout.only
import androidx.compose.foundation.layout.padding
import androidx.compose.foundation.layout.safeDrawing
import androidx.compose.foundation.layout.widthIn
import androidx.compose.foundation.layout.windowInsetsPadding
import androidx.compose.foundation.lazy.LazyColumn
import androidx.compose.foundation.lazy.LazyListScope
import androidx.compose.material3.Button
import androidx.compose.material3.CircularProgressIndicator
import androidx.compose.material3.ExperimentalMaterial3Api
import androidx.compose.material3.Icon
import androidx.compose.material3.IconButton
import androidx.compose.material3.MaterialTheme
import androidx.compose.material3.Scaffold
import androidx.compose.material3.Surface
import androidx.compose.material3.Text
import androidx.compose.material3.TopAppBar
import androidx.compose.runtime.Composable
import androidx.compose.runtime.staticCompositionLocalOf
import androidx.compose.ui.Alignment
import androidx.compose.ui.Modifier
import androidx.compose.ui.res.painterResource
import androidx.compose.ui.res.stringResource
import androidx.compose.ui.semantics.heading
import androidx.compose.ui.semantics.semantics
import androidx.compose.ui.text.style.TextOverflow
import androidx.compose.ui.unit.dp
import dev.saha.app.R
import dev.saha.app.app.Trouble

/** What closes the screen; null on the first screen of a part. */
val LocalBack = staticCompositionLocalOf<(() -> Unit)?> { null }

/** A screen: its title, what it lists, and below, where the thumb is, the one thing to do. */
@Composable
fun Screen(
    title: String,
    vararg troubles: Trouble,
    actions: @Composable RowScope.() -> Unit = {},
    bottom: (@Composable () -> Unit)? = null,
    content: LazyListScope.() -> Unit,
) {
    Scaffold(
        modifier = Modifier.imePadding(),
        topBar = { TopBar(title, actions) },
        bottomBar = { bottom?.let { BottomBar(it) } },
        contentWindowInsets = WindowInsets.safeDrawing.only(WindowInsetsSides.Horizontal),
    ) { padding ->
        Box(Modifier.fillMaxSize().padding(padding)) { Column(content) }
    }
    troubles.forEach { TroubleDialog(it) }
}

/** A list as wide as one reads well, in the middle of a wide screen. */
@Composable
private fun Column(content: LazyListScope.() -> Unit) {
    BoxWithConstraints {
        val side = maxOf(SIDE, (maxWidth - READABLE) / 2)
        LazyColumn(
            modifier = Modifier.fillMaxSize(),
            contentPadding = PaddingValues(start = side, end = side, bottom = SIDE),
            content = content,
        )
    }
}

@OptIn(ExperimentalMaterial3Api::class)
@Composable
private fun TopBar(title: String, actions: @Composable RowScope.() -> Unit) {
    val back = LocalBack.current
    TopAppBar(
        title = {
            Text(title, Modifier.semantics { heading() }, maxLines = 1, overflow = TextOverflow.Ellipsis)
        },
        navigationIcon = {
            if (back != null) {
                IconButton(onClick = back) {
                    Icon(painterResource(R.drawable.ic_back), stringResource(R.string.back))
                }
            }
        },
        actions = actions,
    )
}

@Composable
private fun BottomBar(content: @Composable () -> Unit) {
    Surface(Modifier.fillMaxWidth()) {
        Box(
            modifier = Modifier
                .windowInsetsPadding(WindowInsets.safeDrawing.only(WindowInsetsSides.Horizontal))
                .padding(horizontal = SIDE, vertical = 8.dp),
            contentAlignment = Alignment.Center,
        ) { content() }
    }
}

/** The one thing to do on a screen. */
@Composable
fun BottomButton(text: String, enabled: Boolean = true, isBusy: Boolean = false, onClick: () -> Unit) {
    Button(
        onClick = onClick,
        enabled = enabled && !isBusy,
        modifier = Modifier.widthIn(max = READABLE - SIDE * 2).fillMaxWidth().heightIn(min = 52.dp),
    ) {
        if (isBusy) {
            CircularProgressIndicator(Modifier.padding(end = 12.dp).heightIn(max = 20.dp).widthIn(max = 20.dp), strokeWidth = 2.dp)
        }
        Text(text, style = MaterialTheme.typography.titleMedium, maxLines = 2, overflow = TextOverflow.Ellipsis)
    }
}

/** What is left free at the sides of a screen. */
internal val SIDE = 16.dp
private val READABLE = 680.dp
