package dev.saha.app.device

import androidx.activity.ComponentActivity
import androidx.activity.result.ActivityResultLauncher
import androidx.activity.result.contract.ActivityResultContract
import kotlinx.coroutines.CancellableContinuation
import kotlinx.coroutines.channels.Channel
import kotlinx.coroutines.flow.Flow
import kotlinx.coroutines.flow.receiveAsFlow
import kotlinx.coroutines.suspendCancellableCoroutine
import kotlin.coroutines.resume

/**
 * A question to the rep that another app or the system puts: whether the app may know the place, which picture he means. It outlives
 * the activity that asked: whichever is in front when the answer comes hears it.
 */
class Question<I, O : Any>(
    private val key: String,
    private val contract: ActivityResultContract<I, O>,
) {
    private var launcher: ActivityResultLauncher<I>? = null
    private var waiting: CancellableContinuation<O?>? = null
    private val unheard = Channel<O>(Channel.UNLIMITED)

    /** Answers to a process that is gone. Each comes to one collector. */
    val late: Flow<O> = unheard.receiveAsFlow()

    /** Asks from this activity on. To be called before it is started. */
    fun attach(activity: ComponentActivity) {
        launcher = activity.activityResultRegistry.register(key, activity, contract, ::answer)
    }

    /** The answer; null where no activity is in front, or another question took this one's place. */
    suspend fun ask(input: I): O? {
        val launcher = launcher ?: return null
        answer(null)
        return suspendCancellableCoroutine { continuation ->
            waiting = continuation
            continuation.invokeOnCancellation { if (waiting === continuation) waiting = null }
            launcher.launch(input)
        }
    }

    private fun answer(output: O?) {
        val asked = waiting
        waiting = null
        if (asked != null) asked.resume(output) else output?.let(unheard::trySend)
    }
}
