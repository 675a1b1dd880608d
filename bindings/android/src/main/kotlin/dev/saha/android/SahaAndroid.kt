package dev.saha.android

import android.content.Context

/**
 * What the core needs of Android itself, before it speaks to a server.
 *
 * ```kotlin
 * class App : Application() {
 *     override fun onCreate() {
 *         super.onCreate()
 *         SahaAndroid.start(this)
 *     }
 * }
 * ```
 */
public object SahaAndroid {
    init {
        System.loadLibrary("saha_core")
    }

    /**
     * Lets the core ask Android whether a server's certificate is to be trusted: what the phone's owner or the company
     * installed counts too. Call it once, from `Application.onCreate`; calling it again does nothing. Without it nobody can
     * sign in or sync, and everything else works.
     *
     * @throws RuntimeException where the app lacks the classes of `rustls-platform-verifier`.
     */
    @JvmStatic
    public fun start(context: Context) {
        startVerifier(context.applicationContext)
    }

    @JvmStatic
    private external fun startVerifier(context: Context)
}
