package dev.saha.app

import androidx.activity.ComponentActivity
import dev.saha.app.app.AppModel

/** Robolectric takes it in place of [SahaApplication]: the app is a handset's, and the library for phones is not looked for. */
class TestSahaApplication : SahaApplication() {
    /** The app that is installed; a test that shows a screen says which. */
    lateinit var installed: AppModel

    override val app: AppModel get() = installed

    /** What is asked from a new window. */
    var attaches: (ComponentActivity) -> Unit = {}

    override fun attach(activity: ComponentActivity) = attaches(activity)

    override fun startCore() = Unit
}
