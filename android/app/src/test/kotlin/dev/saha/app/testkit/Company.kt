package dev.saha.app.testkit

import kotlinx.serialization.json.Json
import kotlinx.serialization.json.JsonObject
import kotlinx.serialization.json.contentOrNull
import kotlinx.serialization.json.jsonObject
import kotlinx.serialization.json.jsonPrimitive
import java.io.File
import java.nio.file.Files

/** A company's server, `saha serve` in a process of its own, with the data of Istanbul. It ends with the tests. */
class Company(
    data: File = ISTANBUL,
) : AutoCloseable {
    private val folder = Files.createTempDirectory("saha-company").toFile()
    private val process = start(listOf("--data", folder.path, "--json", "serve", "--listen", "127.0.0.1:0"))
    private val greeting = Json.parseToJsonElement(process.inputReader().readLine()).jsonObject

    /** Where it listens. */
    val url: String = greeting.text("url")

    init {
        Runtime.getRuntime().addShutdownHook(Thread(::close))
        office("import", "all", data.path)
    }

    /** What the office does by `saha`: the document that it prints. */
    fun office(vararg arguments: String): String {
        val all = listOf("--json", "--lang", "en") + arguments + listOf("--server", url)
        val said = start(all, mapOf("SAHA_ADMIN_TOKEN" to greeting.text("admin_token")))
        val answer = said.inputReader().readText()
        check(said.waitFor() == 0) { "${arguments.toList()}: $answer" }
        return answer
    }

    /** The server's process stands still: requests get no answer. */
    fun pause() = signal("STOP")

    /** It goes on. */
    fun resume() = signal("CONT")

    override fun close() {
        // What stands still does not hear that it is to end.
        process.destroyForcibly().waitFor()
        folder.deleteRecursively()
    }

    private fun signal(name: String) = check(ProcessBuilder("kill", "-$name", "${process.pid()}").start().waitFor() == 0)

    companion object {
        private val REPOSITORY = File(System.getProperty("saha.repository"))
        private val ISTANBUL = REPOSITORY.resolve("tests/data/istanbul")

        /** The one that most tests share. Phones of one test do not see what those of another write but for what is everybody's. */
        val shared: Company by lazy { Company() }

        private fun start(arguments: List<String>, environment: Map<String, String> = emptyMap()): Process {
            val builder = ProcessBuilder(listOf(System.getProperty("saha.server")) + arguments)
            builder.environment().putAll(environment)
            return builder.redirectError(ProcessBuilder.Redirect.INHERIT).start()
        }

        private fun JsonObject.text(name: String) = checkNotNull(get(name)?.jsonPrimitive?.contentOrNull) { "no $name" }
    }
}
