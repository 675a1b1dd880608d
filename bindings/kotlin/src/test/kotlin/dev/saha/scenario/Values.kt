package dev.saha.scenario

import kotlinx.serialization.json.JsonArray
import kotlinx.serialization.json.JsonElement
import kotlinx.serialization.json.JsonNull
import kotlinx.serialization.json.JsonObject
import kotlinx.serialization.json.JsonPrimitive
import kotlinx.serialization.json.boolean
import kotlinx.serialization.json.int
import kotlinx.serialization.json.jsonArray
import kotlinx.serialization.json.jsonObject
import kotlinx.serialization.json.jsonPrimitive
import kotlinx.serialization.json.long
import java.io.File
import java.time.Instant
import java.time.LocalDate
import java.util.UUID
import kotlin.reflect.KClass
import kotlin.reflect.KProperty1
import kotlin.reflect.KType
import kotlin.reflect.full.declaredMemberProperties
import kotlin.reflect.full.isSubclassOf
import kotlin.reflect.full.primaryConstructor

/** `utcOffsetS` is `utc_offset_s`. */
internal fun snake(name: String): String = name.replace(Regex("(?<=.)[A-Z]")) { "_${it.value}" }.lowercase()

/** What a value of the layer looks like in every language. */
internal fun shown(value: Any?): JsonElement = when (value) {
    null, Unit -> JsonNull
    is Boolean -> JsonPrimitive(value)
    is Number -> JsonPrimitive(value)
    is String -> JsonPrimitive(value)
    is UUID, is LocalDate, is File -> JsonPrimitive("$value")
    is List<*> -> JsonArray(value.map(::shown))
    is Enum<*> -> JsonPrimitive(value.name.lowercase())
    else -> shownFields(value)
}

/** A record, or a case of an enum that can have fields. */
private fun shownFields(value: Any): JsonElement {
    val properties = value::class.declaredMemberProperties.filter { it.name != "message" }
    val fields =
        properties.associate { property ->
            @Suppress("UNCHECKED_CAST")
            snake(property.name) to shown((property as KProperty1<Any, *>).get(value))
        }
    val record = JsonObject(fields.filterValues { it != JsonNull })
    if (!value::class.java.superclass.kotlin.isSealed) return record
    val name = snake(checkNotNull(value::class.simpleName))
    return if (fields.isEmpty()) JsonPrimitive(name) else JsonObject(mapOf(name to record))
}

/** The value of [type] that this is. */
internal fun JsonElement.lifted(type: KType): Any? = if (this is JsonNull) null else value(type)

private fun JsonElement.value(type: KType): Any = when (val wanted = type.classifier as KClass<*>) {
    String::class -> jsonPrimitive.content
    Boolean::class -> jsonPrimitive.boolean
    Int::class -> jsonPrimitive.int
    Long::class -> jsonPrimitive.long
    UUID::class -> UUID.fromString(jsonPrimitive.content)
    LocalDate::class -> LocalDate.parse(jsonPrimitive.content)
    Instant::class -> Instant.ofEpochMilli(jsonPrimitive.long)
    List::class -> jsonArray.map { it.lifted(checkNotNull(type.arguments.single().type)) }
    else -> if (wanted.isSubclassOf(Enum::class)) case(wanted) else jsonObject.record(wanted)
}

private fun JsonElement.case(of: KClass<*>): Any =
    of.java.enumConstants.single { (it as Enum<*>).name.lowercase() == jsonPrimitive.content }

private fun JsonObject.record(of: KClass<*>): Any {
    val make = checkNotNull(of.primaryConstructor) { "$of is no record" }
    val unknown = keys - make.parameters.map { snake(checkNotNull(it.name)) }.toSet()
    check(unknown.isEmpty()) { "$of has no $unknown" }
    val given = make.parameters.associateWith { this[snake(checkNotNull(it.name))] ?: JsonNull }
    val needed = given.filterNot { (field, value) -> value is JsonNull && field.isOptional }
    return make.callBy(needed.mapValues { (field, value) -> value.lifted(field.type) })
}

/** Results by the names that steps gave them. */
internal class Memory(server: Map<String, JsonElement>) {
    private val kept = server.toMutableMap()

    fun keep(name: String, value: JsonElement) {
        kept[name] = value
    }

    /** [value], with what is remembered in place of each `$name.field`. */
    fun fill(value: JsonElement): JsonElement = when (value) {
        is JsonObject -> JsonObject(value.mapValues { fill(it.value) })
        is JsonArray -> JsonArray(value.map(::fill))
        is JsonPrimitive -> if (value.isString && value.content.startsWith('$')) find(value.content) else value
    }

    private fun find(text: String): JsonElement {
        val path = text.drop(1).split('.')
        val start = checkNotNull(kept[path.first()]) { "nothing is remembered as $text" }
        return path.drop(1).fold(start) { value, step ->
            val next = if (value is JsonArray) value.getOrNull(step.toInt()) else value.jsonObject[step]
            checkNotNull(next) { "nothing is remembered as $text" }
        }
    }
}

/** Where [actual] is not as [expected], if it is not. */
internal fun difference(expected: JsonElement, actual: JsonElement, path: String): String? {
    val isMet =
        when (expected) {
            is JsonObject if actual is JsonObject -> {
                return expected.firstNotNullOfOrNull { (name, wanted) ->
                    difference(wanted, actual[name] ?: JsonNull, "$path.$name")
                }
            }

            is JsonArray if actual is JsonArray -> {
                val isOpen = expected.lastOrNull() == JsonPrimitive("<more>")
                val wanted = if (isOpen) expected.dropLast(1) else expected
                if (wanted.size == actual.size || (isOpen && wanted.size < actual.size)) {
                    return wanted.withIndex().firstNotNullOfOrNull { (at, one) -> difference(one, actual[at], "$path.$at") }
                }
                false
            }

            JsonPrimitive("<any>") -> {
                actual != JsonNull
            }

            JsonPrimitive("<uuid>") -> {
                actual is JsonPrimitive && UUID_TEXT.matches(actual.content)
            }

            else -> {
                expected == actual
            }
        }
    return if (isMet) null else "$path: expected $expected, and it is $actual"
}

private val UUID_TEXT = Regex("[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}")
