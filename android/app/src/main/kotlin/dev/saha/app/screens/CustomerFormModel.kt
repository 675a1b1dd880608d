package dev.saha.app.screens

import androidx.compose.runtime.getValue
import androidx.compose.runtime.mutableStateOf
import androidx.compose.runtime.setValue
import dev.saha.app.app.CustomerDraft
import dev.saha.app.app.Drafts
import dev.saha.app.app.Route
import dev.saha.app.app.Session
import dev.saha.app.app.Trouble
import dev.saha.app.app.orNull
import dev.saha.app.app.with
import dev.saha.core.NewProspect
import dev.saha.domain.Customer
import dev.saha.domain.CustomerId
import dev.saha.domain.SahaException
import java.util.UUID

/** A new prospect, or a customer's own data to correct. Where the company refused them, this repairs it. */
class CustomerFormModel(
    private val session: Session,
    private val id: CustomerId?,
) {
    private val key = id ?: Drafts.NEWCOMER
    private var known by mutableStateOf(CustomerDraft(id = if (id == null) UUID.randomUUID() else null))

    /** What the rep typed, from what is known on. */
    var draft: CustomerDraft
        get() = session.drafts.forms[key] ?: known
        set(value) {
            session.drafts = session.drafts.copy(forms = session.drafts.forms.with(key, value))
        }

    /** Whether it is somebody new. */
    val isNew: Boolean get() = id == null

    /** Whether it is being saved, and what went wrong. */
    val trouble = Trouble(session.lang)

    /** Whether there is enough to save. */
    val canSave: Boolean get() = !trouble.isBusy && draft.name.isNotBlank()

    /** Fills the form with what is known. */
    suspend fun run() {
        if (id == null) return settle()
        try {
            known = session.saha.customers.get(id).draft
        } catch (error: SahaException) {
            trouble.tell(error)
        }
    }

    /** Saves it and opens the customer. */
    suspend fun save() {
        val (draft, customers) = draft to session.saha.customers
        val saved = trouble.attempt {
            if (id == null) create(draft) else customers.update(draft.over(customers.get(id)))
        } ?: return
        close(saved.id)
    }

    /** Drops what was typed. */
    fun forget() {
        session.drafts = session.drafts.copy(forms = session.drafts.forms - key)
        session.navigation.close(Route.Form(id))
    }

    /** His id is on the disk before the core has him. */
    private suspend fun create(draft: CustomerDraft): Customer {
        session.keeper.settled()
        return session.saha.customers.createProspect(draft.asProspect)
    }

    /** Where the process ended while a prospect was being saved, the core may have him. */
    private suspend fun settle() {
        val drawn = session.drafts.forms[key]?.id ?: return
        orNull { session.saha.customers.get(drawn) }?.let { close(it.id) }
    }

    private fun close(saved: CustomerId) {
        forget()
        if (isNew) session.navigation.open(Route.Customer(saved))
    }
}

private val Customer.draft: CustomerDraft
    get() = CustomerDraft(
        name = name,
        taxNo = taxNo.orEmpty(),
        phone = phone.orEmpty(),
        district = district.orEmpty(),
        address = address.orEmpty(),
        note = note.orEmpty(),
    )

private val CustomerDraft.asProspect: NewProspect
    get() = NewProspect(
        name = name,
        taxNo = taxNo.filled,
        phone = phone.filled,
        district = district.filled,
        address = address.filled,
        note = note.filled,
        id = id,
    )

private fun CustomerDraft.over(customer: Customer): Customer = customer.copy(
    name = name,
    taxNo = taxNo.filled,
    phone = phone.filled,
    district = district.filled,
    address = address.filled,
    note = note.filled,
)
