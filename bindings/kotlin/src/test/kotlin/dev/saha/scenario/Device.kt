package dev.saha.scenario

import dev.saha.Saha
import dev.saha.core.Config
import dev.saha.core.SecretStore
import dev.saha.core.TestClock
import dev.saha.domain.Lang
import dev.saha.domain.SahaException
import java.nio.file.Path
import java.util.concurrent.ConcurrentHashMap

/** A phone: its folder, its clock, its key store, and the core that was opened last. */
internal class Device(val folder: Path, nowMs: Long) {
    val clock = TestClock(nowMs)
    val secrets = KeyStore()
    var saha: Saha? = null
        private set

    suspend fun open(place: Path, account: String?, lang: Lang) {
        val config = Config(folder = "$place", account = account, lang = lang, zone = "Europe/Istanbul")
        saha = Saha.openWithClock(config, secrets, clock)
    }
}

/** Secrets in memory, which can be locked as a phone's are before it is unlocked. */
internal class KeyStore : SecretStore {
    private val secrets = ConcurrentHashMap<String, String>()

    @Volatile var isLocked = false

    private fun unlocked(): ConcurrentHashMap<String, String> = if (isLocked) throw SahaException.StorageLocked() else secrets

    override fun get(name: String): String? = unlocked()[name]

    override fun set(name: String, secret: String) {
        unlocked()[name] = secret
    }

    override fun delete(name: String) {
        unlocked().remove(name)
    }
}
