package dev.saha.scenario

import dev.saha.Saha
import dev.saha.domain.Lang
import dev.saha.domain.SahaException
import kotlinx.serialization.json.JsonObject
import kotlinx.serialization.json.contentOrNull
import kotlinx.serialization.json.jsonArray
import kotlinx.serialization.json.jsonPrimitive
import kotlinx.serialization.json.long
import java.nio.file.Path
import java.time.OffsetDateTime
import kotlin.io.path.copyTo
import kotlin.io.path.createDirectories

/** Where a scenario is played: its devices, its company, and the time. */
internal class Stage(private val folder: Path, private val files: Path, private var nowMs: Long) : AutoCloseable {
    val company = Company(folder.resolve("company"), files.resolve("company"), nowMs)
    private val devices = mutableMapOf<String, Device>()

    /** Time goes by, everywhere. */
    fun pass(ms: Long) {
        nowMs += ms
        devices.values.forEach { it.clock.advance(ms) }
        company.setClock(nowMs)
    }

    suspend fun act(what: String, on: String?, with: JsonObject): Outcome {
        val (subject, verb) = what.split('.', limit = 2)
        return when (subject) {
            "device" -> outcome { onDevice(verb, checkNotNull(on), with) }
            "clock" -> outcome { onClock(verb, on, with) }
            "server" -> outcome { onServer(verb) }
            "office" -> Outcome(atOffice(verb, with))
            else -> operate(checkNotNull(devices.getValue(checkNotNull(on)).saha), what, with)
        }
    }

    private suspend fun operate(saha: Saha, what: String, with: JsonObject) = when (what) {
        "customers.update" -> outcome { updateCustomer(saha, with) }
        "photos.attach" -> outcome { call(saha, what, with.withPathIn(files)) }
        else -> outcome { call(saha, what, with) }
    }

    private suspend fun onDevice(verb: String, name: String, with: JsonObject): Any? {
        if (verb == "open") return open(name, with)
        val device = devices.getValue(name)
        return when (verb) {
            "accounts" -> Saha.knownAccounts("${device.folder}")
            "close" -> checkNotNull(device.saha).shutdown()
            "lock" -> device.secrets.isLocked = true
            "unlock" -> device.secrets.isLocked = false
            "put_file" -> put(device, with)
            else -> error("no verb $verb")
        }
    }

    private fun put(device: Device, with: JsonObject) {
        files.resolve(with.text("file")).copyTo(device.folder.resolve(with.text("as")), overwrite = true)
    }

    private suspend fun open(name: String, with: JsonObject) {
        val device = devices.getOrPut(name) { Device(folder.resolve("devices/$name").createDirectories(), nowMs) }
        val place = with["folder_of"]?.jsonPrimitive?.contentOrNull?.let { devices.getValue(it).folder } ?: device.folder
        val lang = if (with["lang"]?.jsonPrimitive?.contentOrNull == "tr") Lang.TR else Lang.EN
        device.open(place, with["account"]?.jsonPrimitive?.contentOrNull, lang)
    }

    private fun onClock(verb: String, name: String?, with: JsonObject) = when (verb) {
        "pass" -> pass(with.getValue("ms").jsonPrimitive.long)
        "turn" -> clockOf(name).setWallClock(OffsetDateTime.parse(with.text("to")).toInstant().toEpochMilli())
        "reboot" -> clockOf(name).reboot()
        else -> error("no verb $verb")
    }

    private fun clockOf(name: String?) = devices.getValue(checkNotNull(name)).clock

    private fun onServer(verb: String) = when (verb) {
        "stop" -> company.stop()
        "start" -> company.start()
        "back_up" -> company.backUp()
        "restore" -> company.restore()
        else -> error("no verb $verb")
    }

    private fun atOffice(verb: String, with: JsonObject) = when (verb) {
        "import" -> company.import(with.text("kind"), with.getValue("lines").jsonArray.map { it.jsonPrimitive.content })
        "revoke" -> company.revoke(with.text("device"))
        else -> error("no verb $verb")
    }

    override fun close() {
        devices.values.forEach { it.saha?.close() }
        company.stop()
    }
}

/** What comes out as JSON, an error of the core too. */
private inline fun outcome(act: () -> Any?): Outcome = try {
    Outcome(shown(act()))
} catch (error: SahaException) {
    Outcome(shown(error), isError = true)
}

private fun JsonObject.text(name: String) = getValue(name).jsonPrimitive.content
