package dev.saha.app.app

import androidx.compose.runtime.getValue
import androidx.compose.runtime.mutableStateOf
import androidx.compose.runtime.setValue
import dev.saha.domain.Lang
import dev.saha.domain.SahaException
import kotlinx.coroutines.flow.Flow

/** Whether a screen is at work, and what went wrong, in the core's words. */
class Trouble(
    private val lang: Lang,
) {
    /** What is to be told; null where all is well. */
    var sentence by mutableStateOf<String?>(null)
        private set

    /** Whether something that the rep asked for is being done. Until it is, a second tap does nothing. */
    var isBusy by mutableStateOf(false)
        private set

    /** He has read it. */
    fun dismiss() {
        sentence = null
    }

    /** Does what the rep asked for, and keeps what went wrong. Null where it did not come about. */
    suspend fun <T : Any> attempt(work: suspend () -> T): T? {
        if (isBusy) return null
        isBusy = true
        return try {
            work().also { sentence = null }
        } catch (error: SahaException) {
            tell(error)
            null
        } finally {
            isBusy = false
        }
    }

    /** Shows each answer of a live query for as long as the screen is there. */
    suspend fun <T> follow(query: Flow<T>, show: suspend (T) -> Unit) {
        try {
            query.collect { show(it) }
        } catch (error: SahaException) {
            tell(error)
        }
    }

    /** Whoever called something off knows it, and a core that is closed has nobody before it. */
    fun tell(error: SahaException) {
        if (error is SahaException.Cancelled || error is SahaException.Closed) return
        sentence = error.text(lang)
    }
}

/** What comes of [work]; null where the core says no and nobody needs to hear why. */
suspend fun <T> orNull(work: suspend () -> T): T? = try {
    work()
} catch (_: SahaException) {
    null
}
