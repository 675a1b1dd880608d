package dev.saha

import dev.saha.core.ChangeListener
import dev.saha.domain.Kind
import kotlinx.coroutines.channels.awaitClose
import kotlinx.coroutines.flow.Flow
import kotlinx.coroutines.flow.callbackFlow
import kotlinx.coroutines.flow.conflate
import kotlinx.coroutines.flow.map
import dev.saha.core.Saha as Core

/** The answer of [query], first of all and again after each change that [concerns] it. */
internal fun <T> Core.live(concerns: (kinds: List<Kind>, outbox: Boolean) -> Boolean, query: suspend () -> T): Flow<T> =
    callbackFlow {
        val listener =
            object : ChangeListener {
                override fun changed(kinds: List<Kind>, outbox: Boolean) {
                    if (concerns(kinds, outbox)) trySend(Unit)
                }
            }
        // The core calls once at once, with every kind: that is the first answer.
        val subscription = saying { observe(listener) }
        awaitClose { subscription.close() }
    }.conflate().map { query() }
