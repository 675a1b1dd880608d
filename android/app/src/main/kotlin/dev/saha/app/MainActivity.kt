package dev.saha.app

import android.os.Bundle
import androidx.activity.ComponentActivity
import androidx.activity.compose.setContent
import androidx.activity.enableEdgeToEdge
import dev.saha.app.ui.RootView
import kotlinx.coroutines.launch

/** The one window. It is made anew whenever the phone turns or the language changes; the models stay. */
class MainActivity : ComponentActivity() {
    private val saha: SahaApplication get() = application as SahaApplication

    override fun onCreate(savedInstanceState: Bundle?) {
        enableEdgeToEdge()
        super.onCreate(savedInstanceState)
        saha.attach(this)
        setContent { RootView(saha.app) }
    }

    override fun onStart() {
        super.onStart()
        saha.app.scope.launch { saha.app.cameToFront() }
    }
}
