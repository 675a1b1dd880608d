package dev.saha.app.ui

import androidx.compose.foundation.layout.Arrangement
import androidx.compose.foundation.layout.Box
import androidx.compose.foundation.layout.Column
import androidx.compose.foundation.layout.fillMaxSize
import androidx.compose.foundation.layout.heightIn
import androidx.compose.foundation.layout.padding
import androidx.compose.foundation.layout.safeDrawingPadding
import androidx.compose.foundation.layout.widthIn
import androidx.compose.foundation.rememberScrollState
import androidx.compose.foundation.verticalScroll
import androidx.compose.material3.Button
import androidx.compose.material3.CircularProgressIndicator
import androidx.compose.material3.MaterialTheme
import androidx.compose.material3.Surface
import androidx.compose.material3.Text
import androidx.compose.runtime.Composable
import androidx.compose.runtime.CompositionLocalProvider
import androidx.compose.runtime.LaunchedEffect
import androidx.compose.runtime.key
import androidx.compose.ui.Alignment
import androidx.compose.ui.Modifier
import androidx.compose.ui.platform.LocalContext
import androidx.compose.ui.res.stringResource
import androidx.compose.ui.text.style.TextAlign
import androidx.compose.ui.unit.dp
import dev.saha.app.R
import dev.saha.app.app.AppModel
import dev.saha.app.device.SystemDevice
import dev.saha.app.screens.formats
import kotlinx.coroutines.launch

/** Whatever is in front: the start, the sign-in, or the session. */
@Composable
fun RootView(app: AppModel) {
    // An activity is made anew when the language changes, and the app's model is not.
    val lang = SystemDevice.langOf(LocalContext.current)
    LaunchedEffect(lang) { app.scope.launch { app.speak(lang) } }
    SahaTheme {
        Surface(Modifier.fillMaxSize(), color = MaterialTheme.colorScheme.background) {
            CompositionLocalProvider(LocalWork provides app.scope) { StageView(app) }
        }
    }
}

@Composable
private fun StageView(app: AppModel) {
    when (val stage = app.stage) {
        is AppModel.Stage.Opening -> OpeningView()

        is AppModel.Stage.SignIn -> SignInView(stage.model)

        is AppModel.Stage.Failed -> FailedView(stage.sentence, begins { app.start() })

        is AppModel.Stage.Open -> key(stage.session) {
            CompositionLocalProvider(LocalFormats provides stage.session.formats) { MainView(stage.session) }
        }
    }
}

@Composable
private fun OpeningView() {
    Column(
        Modifier.fillMaxSize(),
        verticalArrangement = Arrangement.spacedBy(16.dp, Alignment.CenterVertically),
        horizontalAlignment = Alignment.CenterHorizontally,
    ) {
        CircularProgressIndicator()
        Text(stringResource(R.string.root_opening))
    }
}

/** The data can't be opened: the core's sentence, and another try. */
@Composable
private fun FailedView(sentence: String, again: () -> Unit) {
    Box(Modifier.fillMaxSize().safeDrawingPadding(), contentAlignment = Alignment.Center) {
        Column(
            Modifier.widthIn(max = 480.dp).verticalScroll(rememberScrollState()).padding(24.dp),
            verticalArrangement = Arrangement.spacedBy(16.dp),
            horizontalAlignment = Alignment.CenterHorizontally,
        ) {
            Sign(R.drawable.ic_refused, MaterialTheme.colorScheme.error)
            Text(stringResource(R.string.root_failed), style = MaterialTheme.typography.titleLarge, textAlign = TextAlign.Center)
            Text(sentence, textAlign = TextAlign.Center)
            Button(again, Modifier.heightIn(min = 48.dp)) { Text(stringResource(R.string.root_again)) }
        }
    }
}
