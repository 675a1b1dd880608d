package dev.saha

import dev.saha.core.Config
import dev.saha.core.TestClock
import dev.saha.domain.Customer
import dev.saha.domain.Lang
import dev.saha.sample.MemorySecrets
import kotlinx.coroutines.CoroutineScope
import kotlinx.coroutines.runBlocking
import kotlinx.coroutines.withTimeout
import java.nio.file.Files
import java.nio.file.Path
import kotlin.time.Duration.Companion.minutes

/** A phone in a temporary folder. */
internal class TestPhone private constructor(val folder: Path, val secrets: MemorySecrets, val saha: Saha) {
    val config: Config get() = config(folder)

    suspend fun aCustomer(): Customer = saha.customers.search("market", limit = 1).single()

    private suspend fun <T> used(test: suspend (TestPhone) -> T): T = try {
        test(this)
    } finally {
        saha.shutdown()
        folder.toFile().deleteRecursively()
    }

    companion object {
        const val LOGIN = "ayse.yilmaz"
        const val PASSWORD = "saha-ayse-2026"

        fun config(folder: Path) = Config(folder = "$folder", lang = Lang.EN, zone = "Europe/Istanbul")

        /** One that was signed in and synced once; others are copies of it. */
        private val made: Pair<Path, MemorySecrets> by lazy {
            val folder = Files.createTempDirectory("saha-made")
            Runtime.getRuntime().addShutdownHook(Thread { folder.toFile().deleteRecursively() })
            val secrets = MemorySecrets()
            runBlocking {
                Saha.open(config(folder), secrets).use {
                    it.account.signIn(TestCompany.istanbul.url, LOGIN, PASSWORD)
                    it.sync.run()
                }
            }
            folder to secrets
        }

        /** Nobody has signed in on it. */
        suspend fun <T> unused(test: suspend (TestPhone) -> T): T {
            val folder = Files.createTempDirectory("saha-phone")
            val secrets = MemorySecrets()
            return TestPhone(folder, secrets, Saha.open(config(folder), secrets)).used(test)
        }

        /** Ayşe's, with everything that she sees. It is a copy that shares its server's tokens, so it stays offline. */
        suspend fun <T> filled(clock: TestClock? = null, test: suspend (TestPhone) -> T): T {
            val (original, secrets) = made
            val folder = Files.createTempDirectory("saha-phone")
            original.toFile().copyRecursively(folder.toFile(), overwrite = true)
            val saha =
                if (clock == null) Saha.open(config(folder), secrets) else Saha.openWithClock(config(folder), secrets, clock)
            return TestPhone(folder, secrets, saha).used(test)
        }

        /** Ayşe's next phone, signed in at [server] and synced. */
        suspend fun <T> signedIn(server: String = TestCompany.istanbul.url, test: suspend (TestPhone) -> T): T = unused { phone ->
            phone.saha.account.signIn(server, LOGIN, PASSWORD)
            phone.saha.sync.run()
            test(phone)
        }
    }
}

/** A test that hangs fails. */
internal fun waiting(test: suspend CoroutineScope.() -> Unit): Unit = runBlocking { withTimeout(4.minutes) { test() } }
