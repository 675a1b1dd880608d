package dev.saha.app

import org.junit.Assert.assertEquals
import org.junit.Assert.assertTrue
import org.junit.Test
import org.w3c.dom.Element
import java.io.File
import javax.xml.parsers.DocumentBuilderFactory

/** Whether everything that the app says is said in both languages. The sources are read as they are. */
class StringsTest {
    private val main = File(System.getProperty("saha.repository"), "android/app/src/main")
    private val english = texts("values")
    private val turkish = texts("values-tr")

    @Test
    fun `every text is there in both languages, and takes the same values`() {
        assertEquals(english.keys, turkish.keys)
        for ((name, said) in english) {
            val wanted = placeholders(said.first())
            for (text in said + turkish.getValue(name)) {
                assertTrue("$name is empty", text.isNotBlank())
                assertEquals("$name: $text", wanted, placeholders(text))
            }
        }
    }

    @Test
    fun `every text is said somewhere, and nothing else is`() {
        val used = main.walk().filter { it.extension in setOf("kt", "xml") && it.name != "strings.xml" }.flatMap { file ->
            Regex("""(?:R\.(?:string|plurals)\.|@string/)([a-z_]+)""").findAll(file.readText()).map { it.groupValues[1] }
        }
        assertEquals(english.keys.toSortedSet(), used.toSortedSet())
    }

    @Test
    fun `no view holds a text of its own`() {
        val found = main.resolve("kotlin/dev/saha/app/ui").walk().filter { it.isFile }.flatMap { file ->
            file.readLines().filterNot { it.trimStart().startsWith("*") || "//" in it || "key = " in it }.flatMap { line ->
                Regex(QUOTED).findAll(line).map { it.groupValues[1] }.filter(::isSpoken).map { "${file.name}: $it" }
            }
        }
        assertEquals(emptyList<String>(), found.toList())
    }

    /** Whether people could read it: two letters beside each other that are no placeholder, or a sign with a sense. */
    private fun isSpoken(literal: String): Boolean {
        val bare = literal.replace(Regex("""\$\{[^}]*\}|\$[A-Za-z.]+"""), "")
        return bare.contains(Regex("""\p{L}{2}""")) && bare !in NOT_SPOKEN
    }

    private fun texts(folder: String): Map<String, List<String>> {
        val root = DocumentBuilderFactory.newInstance().newDocumentBuilder().parse(main.resolve("res/$folder/strings.xml")).documentElement
        return elements(root).associate { entry ->
            val items = elements(entry).map { it.textContent }
            entry.getAttribute("name") to items.ifEmpty { listOf(entry.textContent) }
        }
    }

    private fun elements(parent: Element): List<Element> =
        (0 until parent.childNodes.length).mapNotNull { parent.childNodes.item(it) as? Element }

    private fun placeholders(text: String): List<String> = Regex(PLACEHOLDER).findAll(text).map { it.value }.sorted().toList()

    private companion object {
        const val QUOTED = "\"((?:[^\"\\\\]|\\\\.)*)\""
        const val PLACEHOLDER = "%\\d\\$[sd]"

        /** What the system or a developer reads. */
        val NOT_SPOKEN = setOf(
            "geo:?q=()",
            "package",
            "tel",
            "application/json",
            ".files",
            "no work is given",
            "no formats are given",
        )
    }
}
