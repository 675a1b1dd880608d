package dev.saha.app.app

import androidx.compose.runtime.getValue
import androidx.compose.runtime.mutableStateOf
import androidx.compose.runtime.setValue
import dev.saha.Saha
import dev.saha.app.device.BackgroundKind
import dev.saha.app.device.Device
import dev.saha.app.screens.SignInModel
import dev.saha.domain.Lang
import dev.saha.domain.SahaException
import kotlinx.coroutines.CoroutineScope
import kotlinx.coroutines.Job
import kotlinx.coroutines.launch
import java.io.IOException

/**
 * The app from its start on: who is there, and the session that is open for him. It lives as long as the process, and on the main
 * thread; [scope] is where it does what outlives a screen.
 */
class AppModel(
    device: Device,
    val scope: CoroutineScope,
) {
    /** What is in front. */
    sealed interface Stage {
        /** The database is being opened. */
        data object Opening : Stage

        /** Nobody is there. */
        data class SignIn(
            val model: SignInModel,
        ) : Stage

        /** Somebody is. */
        data class Open(
            val session: Session,
        ) : Stage

        /** The phone does not let the app at its data, or they are damaged: the core's [sentence]. */
        data class Failed(
            val sentence: String,
        ) : Stage
    }

    /** What is in front. */
    var stage by mutableStateOf<Stage>(Stage.Opening)
        private set

    /** What only the phone has. */
    var device = device
        private set

    private var keeper: Keeper? = null
    private var starting: Job? = null
    private var following: Job? = null

    /** The session that is open; null where nobody is there. */
    val session: Session? get() = (stage as? Stage.Open)?.session

    /**
     * Opens what was open last. Whoever asks while somebody else does waits for the same; asking again after a failure tries again.
     */
    suspend fun start() {
        if (stage is Stage.SignIn || stage is Stage.Open) return
        val starts = starting?.takeIf { it.isActive } ?: scope.launch { open() }
        starting = starts
        starts.join()
    }

    /** The app is in front of the rep, for the first time or again. */
    suspend fun cameToFront() {
        start()
        val session = session ?: return
        follow(session)
        session.cameToFront()
    }

    /** Does in granted time what there is to do, whoever started the app for it; says whether nothing is left. */
    suspend fun carryOut(kind: BackgroundKind): Boolean {
        start()
        return when (val stage = stage) {
            is Stage.Open -> stage.session.sync.carryOut(kind)

            // Nobody is there, so nothing waits.
            is Stage.SignIn -> true

            is Stage.Opening, is Stage.Failed -> false
        }
    }

    /** The rep chose another language for the app: the core speaks it from now on, and every screen is made anew. */
    suspend fun speak(lang: Lang) {
        if (device.lang == lang) return
        starting?.join()
        device = device.copy(lang = lang)
        val session = session
        stage = Stage.Opening
        following?.cancel()
        session?.close()
        start()
        this.session?.let(::follow)
    }

    /** Waits until what the app itself keeps is on the disk. */
    suspend fun settled() {
        keeper?.settled()
    }

    private suspend fun open() {
        try {
            val keeper = keeper ?: Keeper.open(device.folder, scope)
            this.keeper = keeper
            val account = keeper.memory.account ?: return askWhoIsThere(keeper)
            begin(device.open(account), account, keeper)
        } catch (error: SahaException) {
            stage = Stage.Failed(error.text(device.lang))
        } catch (error: IOException) {
            stage = Stage.Failed(SahaException.StorageFailed(error.message.orEmpty()).text(device.lang))
        }
    }

    private fun askWhoIsThere(keeper: Keeper, reason: String? = null) {
        val model = SignInModel(device, keeper, reason)
        model.onSignedIn = { saha, account -> follow(begin(saha, account, keeper)) }
        stage = Stage.SignIn(model)
    }

    private fun begin(saha: Saha, account: String, keeper: Keeper): Session {
        keeper.memory = keeper.memory.copy(account = account)
        val session = Session(saha, account, device, keeper)
        session.onEnd = { sentence ->
            following?.cancel()
            askWhoIsThere(keeper, sentence)
        }
        stage = Stage.Open(session)
        return session
    }

    /** What every screen needs goes on while the activity is made anew, and ends with the session. */
    private fun follow(session: Session) {
        if (following?.isActive == true && session.isFollowed) return
        following?.cancel()
        following = scope.launch { session.run() }
    }
}
