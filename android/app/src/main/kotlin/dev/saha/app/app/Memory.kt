package dev.saha.app.app

import android.util.AtomicFile
import androidx.compose.runtime.mutableStateOf
import kotlinx.coroutines.CoroutineScope
import kotlinx.coroutines.Dispatchers
import kotlinx.coroutines.Job
import kotlinx.coroutines.launch
import kotlinx.coroutines.withContext
import kotlinx.serialization.KSerializer
import kotlinx.serialization.Serializable
import kotlinx.serialization.descriptors.PrimitiveKind
import kotlinx.serialization.descriptors.PrimitiveSerialDescriptor
import kotlinx.serialization.encoding.Decoder
import kotlinx.serialization.encoding.Encoder
import kotlinx.serialization.json.Json
import java.io.File
import java.io.FileNotFoundException
import java.io.IOException
import java.util.UUID

/**
 * What the app itself keeps between two starts, beside the core's database: who uses it, where he was, what he had begun to
 * write.
 */
@Serializable
data class Memory(
    /** Whose session is open; null after a sign-out. */
    val account: String? = null,
    /** Where he signed in last. */
    val server: String = "",
    /** Whether files of photos go where the network costs money by the byte. */
    val sendsFilesOnMeteredNetworks: Boolean = false,
    /** What each account left on its desk. */
    val desks: Map<String, Desk> = emptyMap(),
)

/** Where a rep was, and what he had begun to write. */
@Serializable
data class Desk(
    val place: Navigation.Place = Navigation.Place(),
    val drafts: Drafts = Drafts(),
)

/** Writes the memory down whenever it changed, away from the main thread: the newest state, and no queue of old ones. */
class Keeper private constructor(
    private val file: AtomicFile,
    kept: Memory,
    private val scope: CoroutineScope,
) {
    private val shown = mutableStateOf(kept)

    /** What is kept. Screens follow it. */
    var memory: Memory
        get() = shown.value
        set(value) {
            if (shown.value == value) return
            shown.value = value
            write()
        }

    private var writing: Job? = null
    private var isStale = false

    /** What [account] has on its desk. */
    fun desk(account: String): Desk = memory.desks[account] ?: Desk()

    /** Changes what [account] has on its desk. */
    fun arrange(account: String, change: (Desk) -> Desk) {
        memory = memory.copy(desks = memory.desks + (account to change(desk(account))))
    }

    /** Waits until everything that changed so far is written. */
    suspend fun settled() {
        while (writing?.isActive == true) writing?.join()
    }

    private fun write() {
        isStale = true
        if (writing?.isActive == true) return
        writing = scope.launch {
            while (isStale) {
                isStale = false
                val now = memory
                withContext(Dispatchers.IO) { save(now) }
            }
        }
    }

    /** A disk that is full costs the rep a draft after a restart, and nothing else: the core says so when he saves. */
    private fun save(memory: Memory) {
        try {
            val stream = file.startWrite()
            try {
                stream.write(JSON.encodeToString(memory).encodeToByteArray())
                file.finishWrite(stream)
            } catch (_: IOException) {
                file.failWrite(stream)
            }
        } catch (_: IOException) {
            return
        }
    }

    companion object {
        private val JSON = Json { ignoreUnknownKeys = true }

        /**
         * Reads what was kept in [folder], and makes the folder where there is none.
         *
         * @throws IOException where there is something that can't be read now. It must not be taken for nothing then, and be
         * written over.
         */
        suspend fun open(folder: File, scope: CoroutineScope): Keeper = withContext(Dispatchers.IO) {
            if (!folder.isDirectory && !folder.mkdirs()) throw IOException("no folder can be made")
            val file = AtomicFile(folder.resolve("app.json"))
            Keeper(file, read(file), scope)
        }

        private fun read(file: AtomicFile): Memory = try {
            JSON.decodeFromString<Memory>(file.readFully().decodeToString())
        } catch (error: FileNotFoundException) {
            // So says the system too of a file that is there and that nobody may read now.
            if (file.baseFile.exists()) throw error
            Memory()
        } catch (_: IllegalArgumentException) {
            // What another build wrote in another shape is only where somebody was, and never his work.
            Memory()
        }
    }
}

/** An id as its text, which may be a key. */
object UuidSerializer : KSerializer<UUID> {
    override val descriptor = PrimitiveSerialDescriptor("UUID", PrimitiveKind.STRING)

    override fun serialize(encoder: Encoder, value: UUID) = encoder.encodeString(value.toString())

    override fun deserialize(decoder: Decoder): UUID = UUID.fromString(decoder.decodeString())
}
