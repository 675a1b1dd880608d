package dev.saha.app.ui

import androidx.annotation.DrawableRes
import androidx.annotation.StringRes
import androidx.compose.foundation.layout.Box
import androidx.compose.foundation.layout.BoxWithConstraints
import androidx.compose.foundation.layout.Row
import androidx.compose.foundation.layout.WindowInsets
import androidx.compose.foundation.layout.consumeWindowInsets
import androidx.compose.foundation.layout.fillMaxHeight
import androidx.compose.foundation.layout.fillMaxSize
import androidx.compose.foundation.layout.padding
import androidx.compose.foundation.rememberScrollState
import androidx.compose.foundation.text.TextAutoSize
import androidx.compose.foundation.verticalScroll
import androidx.compose.material3.Badge
import androidx.compose.material3.BadgedBox
import androidx.compose.material3.Icon
import androidx.compose.material3.LocalTextStyle
import androidx.compose.material3.NavigationBar
import androidx.compose.material3.NavigationBarItem
import androidx.compose.material3.NavigationRail
import androidx.compose.material3.NavigationRailItem
import androidx.compose.material3.Scaffold
import androidx.compose.material3.Text
import androidx.compose.runtime.Composable
import androidx.compose.runtime.CompositionLocalProvider
import androidx.compose.ui.Alignment
import androidx.compose.ui.Modifier
import androidx.compose.ui.platform.LocalDensity
import androidx.compose.ui.res.painterResource
import androidx.compose.ui.res.stringResource
import androidx.compose.ui.unit.Density
import androidx.compose.ui.unit.dp
import androidx.compose.ui.unit.sp
import dev.saha.app.R
import dev.saha.app.app.Session
import dev.saha.app.app.Tab

/** The parts of the app: chosen below on a phone, where the thumb is, and at the side where there is room. */
@Composable
fun MainView(session: Session) {
    BoxWithConstraints(Modifier.fillMaxSize()) {
        val isWide = maxWidth >= WIDE
        Scaffold(
            topBar = { NoticeView(session) },
            bottomBar = { if (!isWide) PartsBelow(session) },
            contentWindowInsets = WindowInsets(0),
        ) { padding ->
            Row(Modifier.padding(padding).consumeWindowInsets(padding).fillMaxSize()) {
                if (isWide) PartsBeside(session)
                Box(Modifier.weight(1f).fillMaxHeight()) { PartView(session, isWide) }
            }
        }
    }
}

@Composable
private fun PartsBelow(session: Session) {
    val navigation = session.navigation
    Bounded {
        NavigationBar {
            Tab.entries.forEach { tab ->
                NavigationBarItem(
                    selected = navigation.tab == tab,
                    onClick = { navigation.choose(tab) },
                    icon = { PartSign(session, tab) },
                    label = { PartName(tab) },
                )
            }
        }
    }
}

@Composable
private fun PartsBeside(session: Session) {
    val navigation = session.navigation
    NavigationRail(Modifier.verticalScroll(rememberScrollState())) {
        Tab.entries.forEach { tab ->
            NavigationRailItem(
                selected = navigation.tab == tab,
                onClick = { navigation.choose(tab) },
                icon = { PartSign(session, tab) },
                label = { PartName(tab) },
                modifier = Modifier.padding(vertical = 4.dp),
            )
        }
    }
}

@Composable
private fun PartSign(session: Session, tab: Tab) {
    val refused = if (tab == Tab.SYNC) session.status?.rejected ?: 0 else 0
    BadgedBox(badge = { if (refused > 0) Badge { Text("$refused") } }) {
        Icon(painterResource(tab.sign), contentDescription = null)
    }
}

/** Letters that do not grow without end: five names have to stand beside each other. */
@Composable
private fun Bounded(content: @Composable () -> Unit) {
    val density = LocalDensity.current
    val bounded = Density(density.density, minOf(density.fontScale, LARGEST))
    CompositionLocalProvider(LocalDensity provides bounded, content)
}

/** However long it is, a part's name stays on its line. */
@Composable
private fun PartName(tab: Tab) {
    Text(
        stringResource(tab.title),
        maxLines = 1,
        softWrap = false,
        autoSize = TextAutoSize.StepBased(minFontSize = 8.sp, maxFontSize = LocalTextStyle.current.fontSize),
    )
}

private val Tab.title: Int
    @StringRes get() = when (this) {
        Tab.TODAY -> R.string.tab_today
        Tab.CUSTOMERS -> R.string.tab_customers
        Tab.TARGETS -> R.string.tab_targets
        Tab.SYNC -> R.string.tab_sync
        Tab.SETTINGS -> R.string.tab_settings
    }

private val Tab.sign: Int
    @DrawableRes get() = when (this) {
        Tab.TODAY -> R.drawable.ic_today
        Tab.CUSTOMERS -> R.drawable.ic_people
        Tab.TARGETS -> R.drawable.ic_target
        Tab.SYNC -> R.drawable.ic_sync
        Tab.SETTINGS -> R.drawable.ic_settings
    }

private val WIDE = 600.dp
private const val LARGEST = 1.2f
