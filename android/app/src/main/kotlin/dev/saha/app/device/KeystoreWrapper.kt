package dev.saha.app.device

import android.security.keystore.KeyGenParameterSpec
import android.security.keystore.KeyProperties
import java.security.KeyStore
import javax.crypto.AEADBadTagException
import javax.crypto.Cipher
import javax.crypto.KeyGenerator
import javax.crypto.SecretKey
import javax.crypto.spec.GCMParameterSpec

/**
 * AES-GCM with a key of Android's Keystore, which makes it at the first use and never gives it away. No unlocking is asked for: a
 * sync at night must reach its tokens.
 */
class KeystoreWrapper(
    private val alias: String = "saha.secrets",
) : KeyWrapper {
    override fun seal(plain: ByteArray, label: ByteArray): ByteArray = sealWith(key() ?: make(), plain, label)

    /** A Keystore that does not answer is an error: whoever took it for an empty one would take this for a new phone. */
    override fun open(sealed: ByteArray, label: ByteArray): ByteArray? = key()?.let { openWith(it, sealed, label) }

    private fun key(): SecretKey? = KeyStore.getInstance(PROVIDER).apply { load(null) }.getKey(alias, null) as SecretKey?

    @Synchronized
    private fun make(): SecretKey = key() ?: KeyGenerator.getInstance(KeyProperties.KEY_ALGORITHM_AES, PROVIDER).run {
        val purposes = KeyProperties.PURPOSE_ENCRYPT or KeyProperties.PURPOSE_DECRYPT
        init(
            KeyGenParameterSpec
                .Builder(alias, purposes)
                .setBlockModes(KeyProperties.BLOCK_MODE_GCM)
                .setEncryptionPaddings(KeyProperties.ENCRYPTION_PADDING_NONE)
                .setKeySize(KEY_BITS)
                .build(),
        )
        generateKey()
    }

    companion object {
        private const val PROVIDER = "AndroidKeyStore"
        private const val TRANSFORMATION = "AES/GCM/NoPadding"
        private const val KEY_BITS = 256
        private const val NONCE_BYTES = 12
        private const val TAG_BITS = 128

        /** The nonce, which the cipher draws, and what it made. */
        fun sealWith(key: SecretKey, plain: ByteArray, label: ByteArray): ByteArray {
            val cipher = Cipher.getInstance(TRANSFORMATION)
            cipher.init(Cipher.ENCRYPT_MODE, key)
            cipher.updateAAD(label)
            return cipher.iv + cipher.doFinal(plain)
        }

        /** Null where it was not sealed with this key under this label, or somebody changed it. */
        fun openWith(key: SecretKey, sealed: ByteArray, label: ByteArray): ByteArray? {
            if (sealed.size <= NONCE_BYTES) return null
            val cipher = Cipher.getInstance(TRANSFORMATION)
            cipher.init(Cipher.DECRYPT_MODE, key, GCMParameterSpec(TAG_BITS, sealed, 0, NONCE_BYTES))
            cipher.updateAAD(label)
            return try {
                cipher.doFinal(sealed, NONCE_BYTES, sealed.size - NONCE_BYTES)
            } catch (_: AEADBadTagException) {
                null
            }
        }
    }
}
