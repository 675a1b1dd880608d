package dev.saha

import dev.saha.core.AccountInfo
import dev.saha.core.Export
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

    /**
     * Writes the rep's own data to a file, as one JSON document: his visits, calls, sales, photos (without their files) and the
     * prospects in his sight, each with whether the company has it. Works without a network. The file is whole when this returns;
     * where it fails, nothing is there that was not before.
     */
    public suspend fun export(path: String): Export = runner.local { core.export(path) }

    /** Whose phone this is. Asks the app's key store. */
    public suspend fun info(): AccountInfo = runner.local { core.info() }
}
