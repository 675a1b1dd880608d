package dev.saha.app

import androidx.test.ext.junit.runners.AndroidJUnit4
import dev.saha.app.testkit.Handset
import org.junit.Assert.assertTrue
import org.junit.Test
import org.junit.runner.RunWith

@RunWith(AndroidJUnit4::class)
class SignInTest {
    @Test
    fun `a rep signs in and has his customers`() {
        Handset.ofAyse().use { handset ->
            val found = handset.waiting { handset.session.saha.customers.search("market", limit = 3) }
            assertTrue("the company's customers are on the phone", found.size == 3)
        }
    }
}
