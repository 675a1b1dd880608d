package dev.saha.scenario

import dev.saha.Saha
import dev.saha.domain.Customer
import kotlinx.serialization.json.JsonElement
import kotlinx.serialization.json.JsonNull
import kotlinx.serialization.json.JsonObject
import kotlinx.serialization.json.JsonPrimitive
import kotlinx.serialization.json.jsonObject
import kotlinx.serialization.json.jsonPrimitive
import java.lang.reflect.InvocationTargetException
import java.nio.file.Path
import java.time.Instant
import java.util.UUID
import kotlin.reflect.KFunction
import kotlin.reflect.KParameter
import kotlin.reflect.full.callSuspendBy
import kotlin.reflect.full.memberFunctions
import kotlin.reflect.full.memberProperties
import kotlin.reflect.full.valueParameters
import kotlin.reflect.typeOf

/** Calls what a step names, `object.method` in snake case, with arguments by name. */
internal suspend fun call(saha: Saha, what: String, with: JsonObject): Any? {
    val (group, name) = what.split('.', limit = 2)
    val subject = if (group == "core") saha else Saha::class.memberProperties.single { it.name == group }.get(saha)!!
    val function = subject::class.memberFunctions.single { snake(it.name) == name }
    val unknown = with.keys - function.valueParameters.map(::key).toSet()
    check(unknown.isEmpty()) { "$what has no $unknown" }
    val arguments = function.valueParameters.mapNotNull { argument(it, with) }.toMap()
    return try {
        function.callSuspendBy(mapOf(function.instance to subject) + arguments)
    } catch (thrown: InvocationTargetException) {
        throw thrown.targetException
    }
}

private val KFunction<*>.instance: KParameter get() = parameters.first { it.kind == KParameter.Kind.INSTANCE }

/** Rust and the wire have moments in milliseconds. */
private fun key(parameter: KParameter): String =
    snake(checkNotNull(parameter.name)) + if (parameter.type == typeOf<Instant>()) "_ms" else ""

private fun argument(parameter: KParameter, with: JsonObject): Pair<KParameter, Any?>? {
    val value = with[key(parameter)] ?: JsonNull
    return if (value is JsonNull && parameter.isOptional) null else parameter to value.lifted(parameter.type)
}

/** As an app edits a customer: what it was given, with other fields in it. */
internal suspend fun updateCustomer(saha: Saha, with: JsonObject): Customer {
    val changes = with.getValue("customer").jsonObject
    val customer = saha.customers.get(UUID.fromString(changes.getValue("id").jsonPrimitive.content))
    val edited = JsonObject(shown(customer).jsonObject + changes)
    return saha.customers.update(edited.lifted(typeOf<Customer>()) as Customer)
}

/** A photo's path is beneath [files]. */
internal fun JsonObject.withPathIn(files: Path): JsonObject {
    val photo = getValue("photo").jsonObject
    val path: JsonElement = JsonPrimitive("${files.resolve(photo.getValue("path").jsonPrimitive.content)}")
    return JsonObject(this + ("photo" to JsonObject(photo + ("path" to path))))
}
