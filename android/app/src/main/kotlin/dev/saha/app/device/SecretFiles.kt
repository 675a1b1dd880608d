package dev.saha.app.device

import android.util.AtomicFile
import dev.saha.core.SecretStore
import dev.saha.domain.SahaException
import java.io.File
import java.io.FileNotFoundException
import java.io.IOException
import java.security.GeneralSecurityException
import java.security.ProviderException

/**
 * Secrets in files, a file each, sealed with a key that never leaves the phone's [KeyWrapper]. The files alone are worth nothing on
 * another phone.
 */
class SecretFiles(
    private val folder: File,
    private val wrapper: KeyWrapper,
) : SecretStore {
    override fun get(name: String): String? = sealing {
        val file = file(name)
        val sealed =
            try {
                file.readFully()
            } catch (error: FileNotFoundException) {
                // So says the system too of a file that is there and that nobody may read now.
                if (file.baseFile.exists()) throw error
                return null
            }
        // What was sealed with a key that is gone is gone too: the rep signs in again.
        wrapper.open(sealed, name.encodeToByteArray())?.decodeToString()
    }

    override fun set(name: String, secret: String) = sealing {
        val sealed = wrapper.seal(secret.encodeToByteArray(), name.encodeToByteArray())
        if (!folder.isDirectory && !folder.mkdirs()) throw IOException("no folder for secrets can be made")
        val file = file(name)
        val stream = file.startWrite()
        try {
            stream.write(sealed)
            file.finishWrite(stream)
        } catch (error: IOException) {
            file.failWrite(stream)
            throw error
        }
    }

    override fun delete(name: String) = file(name).delete()

    /** A name may hold anything that a login does, a file's name may not. */
    private fun file(name: String) = AtomicFile(folder.resolve(name.encodeToByteArray().joinToString("") { "%02x".format(it) }))

    /** What goes wrong here goes through the core, which knows errors of its own alone. It must not hold a secret. */
    private inline fun <T> sealing(work: () -> T): T = try {
        work()
    } catch (error: IOException) {
        throw SahaException.StorageFailed("the secrets: ${error.javaClass.simpleName}")
    } catch (error: GeneralSecurityException) {
        throw SahaException.StorageFailed("the key store: ${error.javaClass.simpleName}")
    } catch (error: ProviderException) {
        // How the Keystore says that its hardware is at fault.
        throw SahaException.StorageFailed("the key store: ${error.javaClass.simpleName}")
    }
}

/** Holds a key that seals bytes for this phone alone. */
interface KeyWrapper {
    /** Seals [plain] under a [label] without which it does not open. */
    fun seal(plain: ByteArray, label: ByteArray): ByteArray

    /** Opens what [seal] made; null where its key is gone, or somebody changed it. */
    fun open(sealed: ByteArray, label: ByteArray): ByteArray?
}
