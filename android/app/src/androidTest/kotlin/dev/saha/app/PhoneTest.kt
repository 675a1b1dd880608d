package dev.saha.app

import androidx.test.core.app.ActivityScenario
import androidx.test.core.app.ApplicationProvider
import androidx.test.ext.junit.runners.AndroidJUnit4
import dev.saha.app.app.AppModel
import dev.saha.app.device.KeystoreWrapper
import dev.saha.app.device.SecretFiles
import org.junit.Assert.assertArrayEquals
import org.junit.Assert.assertEquals
import org.junit.Assert.assertNull
import org.junit.Assert.assertTrue
import org.junit.Test
import org.junit.runner.RunWith

/** What a phone or an emulator alone shows. */
@RunWith(AndroidJUnit4::class)
class PhoneTest {
    private val application: SahaApplication = ApplicationProvider.getApplicationContext()

    @Test
    fun theAppStartsWithItsCoreAndAsksWhoIsThere() {
        ActivityScenario.launch(MainActivity::class.java).use {
            val end = System.nanoTime() + 30_000_000_000
            while (application.app.stage is AppModel.Stage.Opening && System.nanoTime() < end) Thread.sleep(50)
            assertTrue("${application.app.stage}", application.app.stage is AppModel.Stage.SignIn)
        }
    }

    @Test
    fun whatTheKeystoreSealedOpensUnderItsLabelAlone() {
        val keys = KeystoreWrapper("saha.test")
        val (plain, label) = Pair("secret".toByteArray(), "name".toByteArray())
        val sealed = keys.seal(plain, label)
        assertArrayEquals(plain, keys.open(sealed, label))
        assertNull(keys.open(sealed, "other".toByteArray()))
    }

    @Test
    fun aSecretOutlivesTheObjectThatKeptIt() {
        val folder = application.cacheDir.resolve("secrets-of-a-test").apply { deleteRecursively() }
        SecretFiles(folder, KeystoreWrapper("saha.test")).set("ayse/refresh_token", "secret")
        assertEquals("secret", SecretFiles(folder, KeystoreWrapper("saha.test")).get("ayse/refresh_token"))
    }
}
