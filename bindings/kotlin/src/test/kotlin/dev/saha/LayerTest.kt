package dev.saha

import org.junit.jupiter.api.Assertions.assertEquals
import org.junit.jupiter.api.Assertions.assertTrue
import org.junit.jupiter.api.Test
import java.lang.reflect.Method
import java.lang.reflect.Modifier
import dev.saha.core.Saha as Core
import dev.saha.core.SahaInterface as CoreInterface

/** Holds the layer to the generated façade, so that what the core learns is not forgotten here. */
class LayerTest {
    private fun Class<*>.functions(): Set<String> = methods.filter { it.isOfTheCore() }.map { it.name }.toSet()

    private fun Method.isOfTheCore() =
        declaringClass != Any::class.java && !isSynthetic && !Modifier.isStatic(modifiers) && '$' !in name

    /** What `Saha` of the generated code gives objects for, by name. */
    private val groups: Map<String, Class<*>> =
        CoreInterface::class.java.methods
            .filter { it.parameterCount == 0 && it.returnType.packageName == "dev.saha.core" }
            .associate { it.name to it.returnType }

    @Test
    fun `every group of the façade is a property with all of its functions`() {
        assertTrue(groups.size >= 10, "$groups")
        for ((name, generated) in groups) {
            val layer = Saha::class.java.getMethod("get${name.replaceFirstChar(Char::uppercase)}").returnType
            val wanted = Class.forName("${generated.name}Interface").functions()
            assertTrue(wanted.isNotEmpty(), name)
            assertEquals(emptySet<String>(), wanted - layer.functions(), "missing in ${layer.name}")
        }
    }

    @Test
    fun `every function of the façade itself is there`() {
        val wanted = CoreInterface::class.java.functions() - groups.keys
        assertEquals(emptySet<String>(), wanted - Saha::class.java.functions())
    }

    @Test
    fun `every constructor and free function of the façade is there`() {
        val constructors = Core.Companion::class.java.declaredMethods.filter { it.returnType == Core::class.java }
        val free = Class.forName("dev.saha.core.Saha_coreKt").methods.filter { it.isFree() }
        val wanted = (constructors + free).map { it.name }.toSet()
        assertTrue(wanted.containsAll(setOf("open", "knownAccounts", "initLogging")), "$wanted")
        assertEquals(emptySet<String>(), wanted - Saha.Companion::class.java.functions())
    }

    private fun Method.isFree() = Modifier.isStatic(modifiers) && Modifier.isPublic(modifiers) && !isSynthetic &&
        !name.contains("uniffi", ignoreCase = true) && '$' !in name && name != "use"
}
