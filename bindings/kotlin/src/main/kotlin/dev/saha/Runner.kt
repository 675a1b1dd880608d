package dev.saha

import dev.saha.domain.SahaException
import kotlinx.coroutines.CoroutineDispatcher
import kotlinx.coroutines.withContext
import dev.saha.core.InternalException as CoreInternal
import dev.saha.domain.InternalException as DomainInternal

/** How every function of this package reaches the core. */
internal class Runner(private val dispatcher: CoroutineDispatcher) {
    /** Reads or writes the database, off the caller's thread. */
    suspend fun <T> local(work: () -> T): T = withContext(dispatcher) { saying(work) }

    /**
     * Waits for the core's own thread, which talks to the server. That thread says when there is an answer; what comes after it
     * must not run there, as it would in a coroutine without a dispatcher: the core waits meanwhile.
     */
    suspend fun <T> remote(work: suspend () -> T): T = withContext(dispatcher) { saying { work() } }
}

/** A panic of the core reaches the generated code as an exception of its own; here it is one of the sealed class. */
internal inline fun <T> saying(work: () -> T): T = try {
    work()
} catch (panic: CoreInternal) {
    throw internal(panic)
} catch (panic: DomainInternal) {
    throw internal(panic)
}

internal fun internal(panic: Exception): SahaException =
    SahaException.Internal(panic.message.orEmpty()).apply { initCause(panic) }
