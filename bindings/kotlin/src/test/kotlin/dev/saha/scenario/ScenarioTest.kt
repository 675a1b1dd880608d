package dev.saha.scenario

import kotlinx.coroutines.runBlocking
import kotlinx.serialization.json.Json
import kotlinx.serialization.json.JsonArray
import kotlinx.serialization.json.JsonElement
import kotlinx.serialization.json.JsonNull
import kotlinx.serialization.json.JsonObject
import kotlinx.serialization.json.JsonPrimitive
import kotlinx.serialization.json.jsonArray
import kotlinx.serialization.json.jsonObject
import kotlinx.serialization.json.jsonPrimitive
import org.junit.jupiter.api.DynamicTest
import org.junit.jupiter.api.TestFactory
import java.nio.file.Files
import java.nio.file.Path
import java.time.OffsetDateTime
import kotlin.io.path.createDirectories
import kotlin.io.path.listDirectoryEntries
import kotlin.io.path.nameWithoutExtension
import kotlin.io.path.readText
import kotlin.io.path.writeText

/** The scenarios of `tests/scenarios`, played in Kotlin; its README says how. */
class ScenarioTest {
    @TestFactory
    fun `every scenario ends as it says`(): List<DynamicTest> {
        val files = scenarios.listDirectoryEntries("*.json").sorted()
        check(files.isNotEmpty()) { "there is no scenario" }
        // What an earlier run left must not pass for this one's.
        results.toFile().deleteRecursively()
        return files.map { file -> DynamicTest.dynamicTest(file.nameWithoutExtension) { runBlocking { play(file) } } }
    }

    private suspend fun play(file: Path) {
        val scenario = Json.parseToJsonElement(file.readText()).jsonObject
        scenario.mayHold("shows", "starts_at", "steps")
        val folder = Files.createTempDirectory("saha-scenario")
        val startsAt = OffsetDateTime.parse(scenario.getValue("starts_at").jsonPrimitive.content)
        val stage = Stage(folder, scenarios, startsAt.toInstant().toEpochMilli())
        val steps = scenario.getValue("steps").jsonArray.map { it.jsonObject }
        val outcomes =
            stage.use {
                val memory = Memory(mapOf("server" to JsonPrimitive(stage.company.url)))
                steps.mapIndexed { number, step -> take(number + 1, step, stage, memory) }
            }
        val done =
            mapOf(
                "folder" to JsonPrimitive("$folder"),
                "server" to JsonPrimitive(stage.company.url),
                "steps" to JsonArray(outcomes),
            )
        results.createDirectories().resolve("${file.nameWithoutExtension}.json").writeText("${JsonObject(done)}\n")
        folder.toFile().deleteRecursively()
    }

    private suspend fun take(number: Int, step: JsonObject, stage: Stage, memory: Memory): JsonObject {
        step.mayHold("do", "on", "with", "as", "expect", "error", "note")
        val what = step.getValue("do").jsonPrimitive.content
        val at = "step $number ($what)"
        stage.pass(STEP_MS)
        val with = memory.fill(step["with"] ?: JsonObject(emptyMap())).jsonObject
        val outcome = stage.act(what, step["on"]?.jsonPrimitive?.content, with)
        val wanted = if (outcome.isError) step["error"] else step["expect"] ?: JsonObject(emptyMap()).takeIf { "error" !in step }
        check(wanted != null) { "$at: ${if (outcome.isError) "the error" else "no error, but"} ${outcome.value}" }
        step["as"]?.let { memory.keep(it.jsonPrimitive.content, outcome.value) }
        val name = if (outcome.isError) "error" else "result"
        val isExpected = name == "error" || "expect" in step
        val difference = if (isExpected) difference(memory.fill(wanted), outcome.value, name) else null
        check(difference == null) { "$at: $difference" }
        return JsonObject(mapOf("do" to JsonPrimitive(what), name to outcome.value))
    }

    private fun JsonObject.mayHold(vararg names: String) =
        check(names.asList().containsAll(keys)) { "unknown: ${keys - names.toSet()}" }

    private companion object {
        /** So much time goes by before each step. */
        const val STEP_MS = 1_000L

        val scenarios: Path = Path.of(System.getProperty("saha.scenarios")).toRealPath()

        /** To be compared with those of other languages. */
        val results: Path = Path.of(System.getProperty("saha.results"))
    }
}

/** What came out of a step. */
internal class Outcome(val value: JsonElement, val isError: Boolean = false) {
    companion object {
        val NOTHING = Outcome(JsonNull)
    }
}
