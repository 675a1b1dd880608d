package dev.saha.app.ui

import androidx.activity.compose.PredictiveBackHandler
import androidx.compose.foundation.layout.Box
import androidx.compose.foundation.layout.Row
import androidx.compose.foundation.layout.fillMaxHeight
import androidx.compose.foundation.layout.fillMaxSize
import androidx.compose.foundation.layout.width
import androidx.compose.material3.Text
import androidx.compose.material3.VerticalDivider
import androidx.compose.runtime.Composable
import androidx.compose.runtime.CompositionLocalProvider
import androidx.compose.runtime.getValue
import androidx.compose.runtime.mutableFloatStateOf
import androidx.compose.runtime.remember
import androidx.compose.runtime.saveable.rememberSaveableStateHolder
import androidx.compose.runtime.setValue
import androidx.compose.ui.Alignment
import androidx.compose.ui.Modifier
import androidx.compose.ui.graphics.graphicsLayer
import androidx.compose.ui.res.stringResource
import androidx.compose.ui.unit.dp
import dev.saha.app.R
import dev.saha.app.app.Navigation
import dev.saha.app.app.Route
import dev.saha.app.app.Session
import dev.saha.app.app.Tab

/** The part in front: its first screen, or what lies over it. Customers stand beside each other where there is room. */
@Composable
fun PartView(session: Session, isWide: Boolean) {
    val navigation = session.navigation
    val tab = navigation.tab
    val path = navigation[tab]
    val gone = remember { mutableFloatStateOf(0f) }
    Back(navigation) { gone.floatValue = it }
    val screens = rememberSaveableStateHolder()
    val top: @Composable () -> Unit = {
        val depth = path.size
        screens.SaveableStateProvider("$tab $depth ${path.lastOrNull()}") {
            if (depth == 0) FirstView(session, tab) else RouteView(session, path.last())
        }
    }
    if (isWide && tab == Tab.CUSTOMERS) {
        CustomersBeside(session, top.takeIf { path.isNotEmpty() })
    } else {
        CompositionLocalProvider(LocalBack provides navigation::back.takeIf { path.isNotEmpty() }) {
            Box(Modifier.fillMaxSize().leaving(gone.floatValue)) { top() }
        }
    }
}

/** While a finger draws the screen back, it grows smaller under it. */
@Composable
private fun Back(navigation: Navigation, onProgress: (Float) -> Unit) {
    PredictiveBackHandler(enabled = navigation.canGoBack) { progress ->
        try {
            progress.collect { onProgress(it.progress) }
            navigation.back()
        } finally {
            onProgress(0f)
        }
    }
}

private fun Modifier.leaving(progress: Float): Modifier = graphicsLayer {
    scaleX = 1 - progress * SHRINKS_BY
    scaleY = 1 - progress * SHRINKS_BY
}

@Composable
private fun CustomersBeside(session: Session, open: (@Composable () -> Unit)?) {
    val navigation = session.navigation
    Row {
        Box(Modifier.width(LIST_WIDTH).fillMaxHeight()) { CustomersView(session) }
        VerticalDivider()
        Box(Modifier.weight(1f).fillMaxHeight(), contentAlignment = Alignment.Center) {
            val back = navigation::back.takeIf { navigation[Tab.CUSTOMERS].size > 1 }
            CompositionLocalProvider(LocalBack provides back) {
                open?.invoke() ?: Text(stringResource(R.string.customers_nobody))
            }
        }
    }
}

@Composable
private fun FirstView(session: Session, tab: Tab) = when (tab) {
    Tab.TODAY -> TodayView(session)
    Tab.CUSTOMERS -> CustomersView(session)
    Tab.TARGETS -> TargetsView(session)
    Tab.SYNC -> SyncView(session)
    Tab.SETTINGS -> SettingsView(session)
}

/** A screen that was opened from another. */
@Composable
private fun RouteView(session: Session, route: Route) = when (route) {
    is Route.Customer -> CustomerView(session, route.id)
    is Route.Form -> CustomerFormView(session, route.id)
    is Route.Visit -> VisitView(session, route.id)
    is Route.Call -> CallView(session, route.customer)
    is Route.Logged -> LoggedCallView(session, route.call)
    is Route.Stop -> StopFormView(session, route.item)
    is Route.Sale -> SaleView(session, route.customer, route.visit)
    is Route.Made -> MadeSaleView(session, route.sale)
    is Route.Target -> TargetView(session, route.id)
}

private const val SHRINKS_BY = 0.1f
private val LIST_WIDTH = 340.dp
