package dev.saha

import dev.saha.core.NewProspect
import dev.saha.core.VisitEnd
import dev.saha.domain.Problem
import dev.saha.domain.SahaException
import dev.saha.sample.MemorySecrets
import org.junit.jupiter.api.Assertions.assertEquals
import org.junit.jupiter.api.Assertions.assertTrue
import org.junit.jupiter.api.Test
import java.util.UUID
import kotlin.io.path.createTempDirectory
import kotlin.io.path.writeBytes

/** What a caller can be told, with what it says. */
class ErrorsTest {
    private suspend inline fun <reified E : SahaException> said(crossinline ask: suspend () -> Any?): E = try {
        throw AssertionError("no error, but ${ask()}")
    } catch (error: SahaException) {
        error as? E ?: throw AssertionError("another error", error)
    }

    @Test
    fun `what is not there is named`() = waiting {
        TestPhone.filled { phone ->
            val nobody = UUID.fromString("0198c0de-0000-7000-8000-000000000001")
            val error = said<SahaException.NotFound> { phone.saha.customers.get(nobody) }
            assertEquals("customer" to "$nobody", error.kind to error.id)
            assertEquals("no customer with id $nobody on this device", error.toString())
        }
    }

    @Test
    fun `a wrong value is named with what is wrong with it`() = waiting {
        TestPhone.filled { phone ->
            val tooMany = said<SahaException.InvalidInput> { phone.saha.customers.search("", limit = MAX_PAGE + 1) }
            assertEquals("limit" to Problem.OutOfRange, tooMany.field to tooMany.problem)
            val behind = said<SahaException.InvalidInput> { phone.saha.customers.search("", offset = -1) }
            assertEquals("offset" to Problem.OutOfRange, behind.field to behind.problem)
            val long =
                said<SahaException.InvalidInput> { phone.saha.customers.createProspect(NewProspect("a".repeat(5_000))) }
            assertTrue(long.problem is Problem.TooLong, "${long.problem}")
            val nil = said<SahaException> { phone.saha.customers.get(UUID(0, 0)) }
            assertTrue(nil is SahaException.InvalidInput, "$nil")
        }
    }

    @Test
    fun `a state that does not allow a wish is named`() = waiting {
        TestPhone.filled { phone ->
            val visit = phone.saha.visits.checkIn(phone.aCustomer().id)
            phone.saha.visits.checkOut(visit.id, VisitEnd("order"))
            val error = said<SahaException.WrongState> { phone.saha.visits.checkOut(visit.id, VisitEnd("order")) }
            assertEquals(listOf("visit", "${visit.id}", "completed"), listOf(error.kind, error.id, error.state))
        }
    }

    @Test
    fun `unsent work keeps a rep signed in`() = waiting {
        TestPhone.filled { phone ->
            phone.saha.visits.checkIn(phone.aCustomer().id)
            assertEquals(1L, said<SahaException.UnsentWork> { phone.saha.account.signOut() }.count)
        }
    }

    @Test
    fun `nobody signed in, a wrong password, no server, no https`() = waiting {
        TestPhone.unused { phone ->
            val account = phone.saha.account
            said<SahaException.NotSignedIn> { phone.saha.targets.progress() }
            said<SahaException.NotSignedIn> { phone.saha.sync.run() }
            val wrong =
                said<SahaException.SignInRefused> { account.signIn(TestCompany.istanbul.url, TestPhone.LOGIN, "guess") }
            assertEquals("wrong_credentials", wrong.code)
            assertEquals("connect", said<SahaException.Offline> { account.signIn("http://127.0.0.1:9", "a", "b") }.reason)
            assertEquals("server", said<SahaException.InvalidInput> { account.signIn("http://example.com", "a", "b") }.field)
        }
    }

    @Test
    fun `a folder that is open is busy, and one that holds something else is left alone`() = waiting {
        TestPhone.unused { phone -> said<SahaException.Busy> { Saha.open(phone.config, phone.secrets) } }
        val folder = createTempDirectory("saha-foreign")
        folder.resolve("saha.db").writeBytes(ByteArray(4_096) { 7 })
        val error = said<SahaException.StorageDamaged> { Saha.open(TestPhone.config(folder), MemorySecrets()) }
        assertTrue(error.reason.isNotEmpty())
        folder.toFile().deleteRecursively()
    }
}
