package dev.saha.app

import androidx.test.ext.junit.runners.AndroidJUnit4
import dev.saha.app.device.KeyWrapper
import dev.saha.app.device.SecretFiles
import dev.saha.app.testkit.FakeKeys
import dev.saha.domain.SahaException
import org.junit.Assert.assertEquals
import org.junit.Assert.assertFalse
import org.junit.Assert.assertNull
import org.junit.Assert.assertThrows
import org.junit.Rule
import org.junit.Test
import org.junit.rules.TemporaryFolder
import org.junit.runner.RunWith
import java.io.File
import java.security.ProviderException
import java.security.UnrecoverableEntryException

/** Where tokens are kept. */
@RunWith(AndroidJUnit4::class)
class SecretsTest {
    @get:Rule
    val folder = TemporaryFolder()

    private val keys = FakeKeys()

    private fun secrets() = SecretFiles(folder.root.resolve("secrets"), keys)

    private fun files(): List<File> = folder.root.resolve("secrets").listFiles().orEmpty().toList()

    @Test
    fun `a secret outlives the process, and is replaced and forgotten`() {
        secrets().set("ayşe/refresh_token", "first")
        assertEquals("first", secrets().get("ayşe/refresh_token"))
        secrets().set("ayşe/refresh_token", "second")
        assertEquals("second", secrets().get("ayşe/refresh_token"))
        secrets().delete("ayşe/refresh_token")
        secrets().delete("ayşe/refresh_token")
        assertNull(secrets().get("ayşe/refresh_token"))
    }

    @Test
    fun `neither a secret nor a login can be read in the files`() {
        secrets().set("ayşe/refresh_token", "very secret")
        val file = files().single()
        assertFalse("very secret" in file.readBytes().toString(Charsets.ISO_8859_1))
        assertFalse("ayşe" in file.name)
    }

    @Test
    fun `one account's secret does not pass for another's`() {
        secrets().set("ayse/refresh_token", "of Ayşe")
        val hers = files().single()
        secrets().set("mehmet/refresh_token", "of Mehmet")
        val his = files().single { it != hers }
        hers.copyTo(his, overwrite = true)
        assertNull(secrets().get("mehmet/refresh_token"))
    }

    @Test
    fun `what was sealed with a key that is gone, or was damaged, is gone`() {
        secrets().set("a", "secret")
        secrets().set("b", "secret")
        val one = files().first()
        one.writeBytes(one.readBytes().copyOf(5))
        assertEquals(1, listOf("a", "b").count { secrets().get(it) == null })
        keys.lose()
        assertEquals(2, listOf("a", "b").count { secrets().get(it) == null })
    }

    @Test
    fun `a key store that does not answer is no reason to sign anybody out`() {
        val broken =
            object : KeyWrapper {
                override fun seal(plain: ByteArray, label: ByteArray) = throw ProviderException("busy")

                override fun open(sealed: ByteArray, label: ByteArray) = throw UnrecoverableEntryException("busy")
            }
        secrets().set("a", "secret")
        val phone = SecretFiles(folder.root.resolve("secrets"), broken)
        assertThrows(SahaException.StorageFailed::class.java) { phone.get("a") }
        assertThrows(SahaException.StorageFailed::class.java) { phone.set("a", "other") }
        assertEquals("secret", secrets().get("a"))
    }
}
