package dev.saha.app.screens

import androidx.compose.runtime.getValue
import androidx.compose.runtime.mutableStateOf
import androidx.compose.runtime.setValue
import dev.saha.Saha
import dev.saha.app.app.Keeper
import dev.saha.app.app.Trouble
import dev.saha.app.app.orNull
import dev.saha.app.device.Device
import dev.saha.domain.Lang
import dev.saha.domain.SahaException
import java.util.Locale

/** Who is there? */
class SignInModel(
    private val device: Device,
    private val keeper: Keeper,
    /** Why he is asked, where a session ended by itself. */
    val reason: String?,
) {
    /** Who signed in on this phone before. */
    val known: List<String> = keeper.memory.desks.keys.sorted()

    /** The company's server. */
    var server by mutableStateOf(keeper.memory.server)

    /** As the office gave it. */
    var login by mutableStateOf(known.singleOrNull().orEmpty())

    /** As the office gave it. It is not kept. */
    var password by mutableStateOf("")

    /** Whether it goes on, and what went wrong. */
    val trouble = Trouble(device.lang)

    /** What is to be done with the core and the account that are open then. */
    var onSignedIn: (Saha, String) -> Unit = { _, _ -> }

    /** Whether there is enough to try. */
    val canSignIn: Boolean
        get() = !trouble.isBusy && server.isNotBlank() && account.isNotEmpty() && password.isNotEmpty()

    /** Signs in, and opens the session. */
    suspend fun signIn() {
        if (!canSignIn) return
        val opened = trouble.attempt { open() } ?: return
        password = ""
        keeper.memory = keeper.memory.copy(server = server)
        onSignedIn(opened, account)
    }

    private suspend fun open(): Saha {
        val saha = device.open(account)
        try {
            saha.account.signIn(address, account, password)
        } catch (error: SahaException) {
            // The first error is the one to tell.
            orNull { saha.shutdown() }
            throw error
        }
        return saha
    }

    /** The account's name, the same however it was typed. */
    private val account: String get() = login.trim().lowercase(Locale.ROOT)

    /** A name alone means the safe way to it. */
    private val address: String get() = server.trim().let { if ("://" in it) it else "https://$it" }
}

/** The password once more, where the company wants it: work goes on meanwhile. */
class SignInAgainModel(
    private val saha: Saha,
    lang: Lang,
) {
    /** As the office gave it. It is not kept. */
    var password by mutableStateOf("")

    /** Whether it goes on, and what went wrong. */
    val trouble = Trouble(lang)

    /** What is to be done then. */
    var onSignedIn: suspend () -> Unit = {}

    /** Whether there is enough to try. */
    val canSignIn: Boolean get() = !trouble.isBusy && password.isNotEmpty()

    /** Signs in as whoever the phone belongs to. Whether the company took the password. */
    suspend fun signIn(): Boolean {
        if (!canSignIn) return false
        trouble.attempt {
            val info = saha.account.info()
            saha.account.signIn(info.server.orEmpty(), info.login.orEmpty(), password)
        } ?: return false
        password = ""
        onSignedIn()
        return true
    }
}
