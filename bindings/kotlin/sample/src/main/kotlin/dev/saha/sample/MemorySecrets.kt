package dev.saha.sample

import dev.saha.core.SecretStore
import java.util.concurrent.ConcurrentHashMap

/**
 * Secrets that last as long as the process: for samples and tests.
 *
 * An app keeps them where they stay on this phone and go into no backup: on Android in a file encrypted by a key of the Keystore,
 * with the file left out of auto-backup.
 */
class MemorySecrets : SecretStore {
    private val secrets = ConcurrentHashMap<String, String>()

    override fun get(name: String): String? = secrets[name]

    override fun set(name: String, secret: String) {
        secrets[name] = secret
    }

    override fun delete(name: String) {
        secrets.remove(name)
    }
}
