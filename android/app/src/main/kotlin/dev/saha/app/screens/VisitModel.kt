package dev.saha.app.screens

import androidx.compose.runtime.getValue
import androidx.compose.runtime.mutableStateOf
import androidx.compose.runtime.setValue
import dev.saha.app.app.Route
import dev.saha.app.app.Session
import dev.saha.app.app.Trouble
import dev.saha.app.app.with
import dev.saha.app.device.PictureSource
import dev.saha.at
import dev.saha.core.Choice
import dev.saha.core.NewPhoto
import dev.saha.core.VisitEnd
import dev.saha.domain.Kind
import dev.saha.domain.Photo
import dev.saha.domain.PhotoPurpose
import dev.saha.domain.SahaException
import dev.saha.domain.Sale
import dev.saha.domain.SaleId
import dev.saha.domain.Visit
import dev.saha.domain.VisitId
import dev.saha.domain.VisitState
import dev.saha.net
import kotlinx.coroutines.Dispatchers
import kotlinx.coroutines.NonCancellable
import kotlinx.coroutines.coroutineScope
import kotlinx.coroutines.launch
import kotlinx.coroutines.withContext
import java.io.File
import kotlin.time.Duration.Companion.seconds

/** A visit, from the check-in on. */
class VisitModel(
    private val session: Session,
    private val formats: Formats,
    private val id: VisitId,
) {
    /** The visit; null while it is looked for. */
    var visit by mutableStateOf<Visit?>(null)
        private set

    /** Where it is. */
    var name by mutableStateOf("")
        private set

    /** How the place compares with the customer's, in words. */
    var verdict by mutableStateOf("")
        private set

    /** When it began, written out. */
    var since by mutableStateOf("")
        private set

    /** What may come of it, as the company words it. */
    var outcomes by mutableStateOf<List<Choice>>(emptyList())
        private set

    /** What a picture may be of, as the company words it. */
    var purposes by mutableStateOf<List<Named<PhotoPurpose>>>(emptyList())
        private set

    /** Pictures that were taken. */
    var photos by mutableStateOf<List<Photo>>(emptyList())
        private set

    /** What was sold at it. */
    var sales by mutableStateOf<List<SaleRow>>(emptyList())
        private set

    /** The rep's own words: what he typed is newer than what was saved. */
    var note: String
        get() = session.drafts.notes[id] ?: visit?.note.orEmpty()
        set(value) = keepNote(value.takeIf { it != visit?.note.orEmpty() })

    /** Whether something is being saved, and what went wrong. */
    val trouble = Trouble(session.lang)

    /** Whether it goes on. */
    val isOpen: Boolean get() = visit?.state == VisitState.IN_PROGRESS

    /** Whether it is over and counts, so that it can be corrected. */
    val isOver: Boolean get() = visit?.state == VisitState.COMPLETED

    /** Shows it, now and after every change. */
    suspend fun run() {
        learnWords()
        coroutineScope {
            launch { followVisit() }
            launch { followPhotos() }
            launch { followSales() }
            launch { takeLatePictures() }
        }
    }

    /** What came of it: the second of two taps ends the visit, and corrects one that is over. */
    suspend fun choose(outcome: Choice) {
        trouble.attempt {
            if (isOpen) {
                val place = session.device.places.here(within = CHECK_OUT_PATIENCE)
                session.saha.visits.checkOut(id, VisitEnd(outcome.code, note.filled, place))
            } else {
                session.saha.visits.amend(id, outcome.code, note.filled)
            }
        } ?: return
        close()
    }

    /** Takes it back: it no longer counts, and stays visible. */
    suspend fun takeBack() {
        trouble.attempt { session.saha.visits.void(id) } ?: return
        close()
    }

    /** Sells at it. */
    fun sell() {
        visit?.let { session.navigation.open(Route.Sale(it.customer, id)) }
    }

    /** Opens what was sold. */
    fun open(sale: SaleId) = session.navigation.open(Route.Made(sale))

    /** Takes a picture. */
    suspend fun picture(purpose: PhotoPurpose, source: PictureSource) {
        trouble.attempt {
            keepPurpose(purpose)
            val file = session.device.camera.picture(source)
            keepPurpose(null)
            if (file != null) attach(file, purpose)
        }
    }

    /** What was taken while the process that had asked for it was gone. */
    private suspend fun takeLatePictures() {
        val purpose = session.drafts.pictures[id] ?: return
        session.device.camera.late.collect { file ->
            keepPurpose(null)
            try {
                attach(file, purpose)
            } catch (error: SahaException) {
                trouble.tell(error)
            }
        }
    }

    /** The core keeps a copy of its own, so the camera's file goes. */
    private suspend fun attach(file: File, purpose: PhotoPurpose) {
        try {
            session.saha.photos.attach(id, NewPhoto(file.path, purpose))
        } finally {
            withContext(NonCancellable + Dispatchers.IO) { file.delete() }
        }
    }

    private fun keepPurpose(purpose: PhotoPurpose?) {
        session.drafts = session.drafts.copy(pictures = session.drafts.pictures.with(id, purpose))
    }

    private fun close() {
        keepPurpose(null)
        keepNote(null)
        session.navigation.close(Route.Visit(id))
    }

    private fun keepNote(note: String?) {
        session.drafts = session.drafts.copy(notes = session.drafts.notes.with(id, note))
    }

    private suspend fun learnWords() {
        try {
            outcomes = session.saha.visits.outcomes()
            purposes = session.saha.photos.purposes().map { Named(it, it.text(session.lang)) }
        } catch (error: SahaException) {
            trouble.tell(error)
        }
    }

    private suspend fun followVisit() {
        val saha = session.saha
        val query = saha.live(Kind.VISIT, Kind.CUSTOMER) {
            val visit = saha.visits.get(id)
            visit to saha.customers.name(visit.customer)
        }
        trouble.follow(query) { (found, called) ->
            visit = found
            name = called
            verdict = found.geoVerdict.text(session.lang)
            since = formats.time(found.checkIn.at)
        }
    }

    private suspend fun followPhotos() {
        val saha = session.saha
        trouble.follow(saha.live(Kind.PHOTO) { saha.photos.listOf(id) }) { photos = it }
    }

    private suspend fun followSales() {
        val saha = session.saha
        val query = saha.live(Kind.SALE) { saha.sales.listOf(saha.visits.get(id).customer).filter { it.visit == id } }
        trouble.follow(query) { made -> sales = made.map { SaleRow(it, formats) } }
    }

    private companion object {
        val CHECK_OUT_PATIENCE = 2.seconds
    }
}

/** A sale in a list. */
data class SaleRow(
    /** The sale. */
    val id: SaleId,
    /** The document's number. */
    val number: String,
    /** The sale without tax. */
    val net: String,
) {
    constructor(sale: Sale, formats: Formats) : this(sale.id, sale.number, formats.money(sale.net))
}
