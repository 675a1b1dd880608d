package dev.saha.app.screens

import androidx.compose.runtime.getValue
import androidx.compose.runtime.mutableStateOf
import androidx.compose.runtime.setValue
import dev.saha.app.app.Session
import dev.saha.app.app.Tab
import dev.saha.app.app.Trouble
import dev.saha.core.AccountInfo
import kotlinx.coroutines.Dispatchers
import kotlinx.coroutines.withContext
import java.io.File

/** Whose phone this is, what it may use, and the way out. */
class SettingsModel(
    private val session: Session,
) {
    /** Whose. */
    val info: AccountInfo? get() = session.info

    /** Whether photos go where the network costs money by the byte. */
    var sendsFilesOnMeteredNetworks: Boolean
        get() = session.keeper.memory.sendsFilesOnMeteredNetworks
        set(value) {
            session.keeper.memory = session.keeper.memory.copy(sendsFilesOnMeteredNetworks = value)
        }

    /** A copy of the rep's own data, to be given to whom he likes. */
    var exported by mutableStateOf<File?>(null)
        private set

    /** Whether something is being done, and what went wrong. */
    val trouble = Trouble(session.lang)

    /** Writes the rep's own data into a file. */
    suspend fun export() {
        val file = session.device.shared.resolve("saha-export.json")
        exported = trouble.attempt {
            withContext(Dispatchers.IO) { session.device.shared.mkdirs() }
            session.saha.account.export(file.path)
            file
        }
    }

    /** Signs out, unless the company lacks any of the rep's work: then the core says how much. */
    suspend fun signOut() {
        trouble.attempt { session.signOut() }
    }

    /** Shows what waits. */
    fun showWhatWaits() {
        session.navigation.tab = Tab.SYNC
    }
}
