package dev.saha.scenario

import kotlinx.serialization.json.Json
import kotlinx.serialization.json.JsonElement
import kotlinx.serialization.json.jsonObject
import kotlinx.serialization.json.jsonPrimitive
import java.net.URI
import java.nio.file.Path
import java.nio.file.StandardCopyOption
import kotlin.io.path.createDirectories
import kotlin.io.path.moveTo
import kotlin.io.path.writeText

/** A company's server by a clock in a file, and its office. */
internal class Company(private val folder: Path, data: Path, nowMs: Long) {
    private val program: String = System.getProperty("saha.server")
    private var server: Process? = null
    val url: String
    private val adminToken: String

    init {
        folder.createDirectories()
        setClock(nowMs)
        val greeting = serve("127.0.0.1:0")
        url = greeting.getValue("url").jsonPrimitive.content
        adminToken = greeting.getValue("admin_token").jsonPrimitive.content
        office("import", "all", "$data")
    }

    /** In one step, as the server may read it at any moment. */
    fun setClock(nowMs: Long) {
        val next = folder.resolve("clock.new").apply { writeText("$nowMs") }
        next.moveTo(folder.resolve("clock"), StandardCopyOption.ATOMIC_MOVE)
    }

    fun start() {
        serve(URI(url).authority)
    }

    /** SIGTERM, and wait. */
    fun stop() {
        server?.let {
            it.destroy()
            check(it.waitFor() == 0) { "the server did not end well" }
        }
        server = null
    }

    /** Keeps a copy of the data as they are now. */
    fun backUp() = whileStopped { copy("server", "backup") }

    /** The copy takes the place of the data. Nobody tells anyone. */
    fun restore() = whileStopped { copy("backup", "server") }

    fun import(kind: String, lines: List<String>): JsonElement {
        val file = folder.resolve("import.csv").apply { writeText(lines.joinToString("\n", postfix = "\n")) }
        return office("import", kind, "$file")
    }

    fun revoke(device: String): JsonElement = office("devices", "revoke", device)

    private fun whileStopped(act: () -> Unit) {
        stop()
        act()
        start()
    }

    private fun copy(from: String, to: String) {
        folder.resolve(to).toFile().deleteRecursively()
        folder.resolve(from).toFile().copyRecursively(folder.resolve(to).toFile())
    }

    private fun serve(address: String): Map<String, JsonElement> {
        val serve = listOf("serve", "--listen", address, "--clock", "${folder.resolve("clock")}")
        val process = process(listOf("--data", "$folder", "--json") + serve).start()
        server = process
        return Json.parseToJsonElement(process.inputReader().readLine()).jsonObject
    }

    private fun office(vararg command: String): JsonElement {
        val process = process(listOf("--json", "--lang", "en") + command + listOf("--server", url))
        process.environment()["SAHA_ADMIN_TOKEN"] = adminToken
        return Json.parseToJsonElement(process.start().inputReader().readText())
    }

    private fun process(arguments: List<String>) =
        ProcessBuilder(listOf(program) + arguments).redirectError(ProcessBuilder.Redirect.INHERIT)
}
