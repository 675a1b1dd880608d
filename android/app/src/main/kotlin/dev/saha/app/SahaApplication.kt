package dev.saha.app

import android.app.Application
import androidx.activity.ComponentActivity
import androidx.work.Configuration
import dev.saha.android.SahaAndroid
import dev.saha.app.app.AppModel
import dev.saha.app.device.SystemDevice
import kotlinx.coroutines.MainScope

/** Holds the app's model for as long as the process lives: an activity comes and goes, and WorkManager needs none. */
open class SahaApplication :
    Application(),
    Configuration.Provider {
    private val system by lazy { SystemDevice(this) }

    /** The app. */
    open val app: AppModel by lazy { AppModel(system.device, MainScope()) }

    override val workManagerConfiguration: Configuration get() = Configuration.Builder().build()

    override fun onCreate() {
        super.onCreate()
        startCore()
    }

    /** Asks the rep from this activity on. To be called before it is started. */
    open fun attach(activity: ComponentActivity) = system.attach(activity)

    /** Lets the core ask Android whom to trust. */
    protected open fun startCore() = SahaAndroid.start(this)
}
