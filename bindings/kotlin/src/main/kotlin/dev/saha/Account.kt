package dev.saha

import dev.saha.core.AccountInfo
import dev.saha.core.Account as Core

/**
 * Signing in and out: [Saha.account].
 *
 * ```kotlin
 * saha.account.signIn("https://saha.example.com", login, password)
 * println(saha.account.info().rep?.name)
 * ```
 */
public class Account internal constructor(private val core: Core, private val runner: Runner) {
    /**
     * Signs in at [server] (https, or http to the literal loopback). The folder is this user's from then on: anybody else is refused
     * with `SahaException.ForeignDatabase`, and needs an account of his own: `Config.account`. Tokens go into the app's
     * `SecretStore`; the password is not kept. Cancelling stops it.
     */
    public suspend fun signIn(server: String, login: String, password: String): Unit =
        runner.remote { core.signIn(server, login, password) }

    /**
     * Forgets the tokens. Refused with `SahaException.UnsentWork` while the company lacks any change or the file of a photo; what is
     * on the phone stays, for the same user.
     */
    public suspend fun signOut(): Unit = runner.local { core.signOut() }

    /** Whose phone this is. Asks the app's key store. */
    public suspend fun info(): AccountInfo = runner.local { core.info() }
}
