package dev.saha

import dev.saha.domain.Product
import dev.saha.domain.ProductId
import dev.saha.core.Products as Core

/**
 * Questions about products: [Saha.products].
 *
 * ```kotlin
 * val cola = saha.products.search("kola 330").first()
 * ```
 */
public class Products internal constructor(private val core: Core, private val runner: Runner) {
    /** The product. `SahaException.NotFound` where it is not on this device. */
    public suspend fun get(id: ProductId): Product = runner.local { core.get(id) }

    /** The product by the company's code. */
    public suspend fun getByCode(code: String): Product = runner.local { core.getByCode(code) }

    /** Products whose name, group or code holds every word of [text]; an empty text lists all. At most [MAX_PAGE] a page. */
    public suspend fun search(text: String, limit: Int = DEFAULT_PAGE, offset: Int = 0): List<Product> =
        runner.local { core.search(text, limit.toLong(), offset.toLong()) }
}
