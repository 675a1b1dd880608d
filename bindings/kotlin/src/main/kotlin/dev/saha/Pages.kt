package dev.saha

import kotlinx.coroutines.flow.Flow
import kotlinx.coroutines.flow.flow

/** The most records that one page may hold. */
public const val MAX_PAGE: Int = 200

/** What a list without a wish of its own gets: about what a screen shows. */
public const val DEFAULT_PAGE: Int = 50

/**
 * Everything that [page] can give, one page after the other, as far as it is collected.
 *
 * ```kotlin
 * val everyone = paged { limit, offset -> saha.customers.search("", limit, offset) }.toList()
 * ```
 *
 * Each page is read when it is needed, so what changes meanwhile may be missed or come twice; for a screen, take a page in a
 * [Saha.live].
 */
public fun <T> paged(size: Int = MAX_PAGE, page: suspend (limit: Int, offset: Int) -> List<T>): Flow<T> = flow {
    var offset = 0
    do {
        val records = page(size, offset)
        records.forEach { emit(it) }
        offset += records.size
    } while (records.size == size)
}
