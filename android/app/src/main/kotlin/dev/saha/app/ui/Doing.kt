package dev.saha.app.ui

import androidx.compose.runtime.Composable
import androidx.compose.runtime.LaunchedEffect
import androidx.compose.runtime.staticCompositionLocalOf
import androidx.lifecycle.Lifecycle
import androidx.lifecycle.compose.LocalLifecycleOwner
import androidx.lifecycle.repeatOnLifecycle
import dev.saha.app.screens.Formats
import kotlinx.coroutines.CoroutineScope
import kotlinx.coroutines.launch

/** Where what a rep asks for is done: it goes on when the screen on which he asked is gone. */
val LocalWork = staticCompositionLocalOf<CoroutineScope> { error("no work is given") }

/** How typed values are written. */
val LocalFormats = staticCompositionLocalOf<Formats> { error("no formats are given") }

/** A click that begins [work]. */
@Composable
fun begins(work: suspend () -> Unit): () -> Unit {
    val scope = LocalWork.current
    return { scope.launch { work() } }
}

/** Runs [work] for as long as the screen can be seen, and anew whenever one of [keys] changes. */
@Composable
fun Shown(vararg keys: Any?, work: suspend () -> Unit) {
    val owner = LocalLifecycleOwner.current
    LaunchedEffect(owner, *keys) {
        owner.repeatOnLifecycle(Lifecycle.State.STARTED) { work() }
    }
}
