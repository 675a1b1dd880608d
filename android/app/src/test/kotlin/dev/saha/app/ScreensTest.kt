package dev.saha.app

import android.graphics.Bitmap
import androidx.compose.ui.geometry.Size
import androidx.compose.ui.graphics.asAndroidBitmap
import androidx.compose.ui.semantics.SemanticsActions
import androidx.compose.ui.semantics.SemanticsNode
import androidx.compose.ui.semantics.SemanticsProperties
import androidx.compose.ui.semantics.getOrNull
import androidx.compose.ui.test.captureToImage
import androidx.compose.ui.test.isRoot
import androidx.compose.ui.test.junit4.v2.createEmptyComposeRule
import androidx.compose.ui.text.TextLayoutResult
import androidx.test.core.app.ActivityScenario
import androidx.test.ext.junit.runners.AndroidJUnit4
import dev.saha.app.app.AppModel
import dev.saha.app.testkit.Company
import dev.saha.app.testkit.Handset
import dev.saha.app.testkit.RepsDay
import dev.saha.domain.Lang
import org.junit.Assert.assertEquals
import org.junit.Rule
import org.junit.Test
import org.junit.runner.RunWith
import org.robolectric.RuntimeEnvironment
import org.robolectric.annotation.GraphicsMode
import java.io.File

/**
 * Every screen as a rep sees it, in both languages, by day and by night, on phones and tablets, with letters of twice the size. The
 * pictures lie in `target/android/screens`, to be looked at; what a machine can see is tested.
 */
@RunWith(AndroidJUnit4::class)
@GraphicsMode(GraphicsMode.Mode.NATIVE)
class ScreensTest {
    @get:Rule val compose = createEmptyComposeRule()

    private val pictures = File(System.getProperty("saha.target"), "screens").apply { mkdirs() }
    private val found = mutableListOf<String>()

    @Test
    fun `a phone by day in Turkish`() = look("phone", "tr-rTR-w411dp-h891dp-notnight-xhdpi")

    @Test
    fun `a phone by night in English`() = look("phone-night", "en-rUS-w411dp-h891dp-night-xhdpi")

    @Test
    fun `a small phone in English`() = look("small", "en-rUS-w320dp-h568dp-notnight-xhdpi")

    @Test
    fun `a small phone with large letters in Turkish`() = look("large", "tr-rTR-w360dp-h740dp-notnight-xhdpi", fontScale = 2f)

    @Test
    fun `a phone with large letters by night in English`() = look("large-night", "en-rUS-w411dp-h891dp-night-xhdpi", fontScale = 2f)

    @Test
    fun `a tablet by day in Turkish`() = look("tablet", "tr-rTR-w1280dp-h800dp-land-notnight-mdpi")

    @Test
    fun `an upright tablet by night in English`() = look("tablet-night", "en-rUS-w800dp-h1280dp-night-mdpi")

    private fun look(device: String, qualifiers: String, fontScale: Float = 1f) {
        RuntimeEnvironment.setQualifiers(qualifiers)
        RuntimeEnvironment.setFontScale(fontScale)
        Handset(if (qualifiers.startsWith("tr")) Lang.TR else Lang.EN).use { handset ->
            handset.open()
            shown(handset) { take(device, "signin") }
            handset.network.become(isReachable = false)
            handset.signIn(Company.shared)
            shown(handset) { take(device, "firstsync") }
            handset.network.become(isReachable = true)
            handset.synced()
            val day = RepsDay(handset)
            day.screens.forEach { screen ->
                screen.open(handset.session)
                shown(handset) {
                    compose.waitUntil(
                        "${screen.name} on $device",
                        PATIENCE_MS,
                    ) { screen.isReady(handset.app.session ?: return@waitUntil false) }
                    take(device, screen.name)
                }
            }
        }
        assertEquals(emptyList<String>(), found)
    }

    private fun shown(handset: Handset, work: () -> Unit) = ActivityScenario.launch(MainActivity::class.java).use { scenario ->
        compose.waitUntil(PATIENCE_MS) { handset.app.stage !is AppModel.Stage.Opening }
        compose.waitForIdle()
        // A phone that is touched has the cursor nowhere until then.
        scenario.onActivity { it.currentFocus?.clearFocus() }
        work()
    }

    private fun take(device: String, screen: String) {
        compose.waitForIdle()
        val root = compose.onAllNodes(isRoot())[0]
        val picture = root.captureToImage().asAndroidBitmap()
        pictures.resolve("$screen.$device.png").outputStream().use { picture.compress(Bitmap.CompressFormat.PNG, 100, it) }
        val place = "$screen on $device"
        if (colours(picture) < FEWEST_COLOURS) found += "$place: nothing can be seen"
        nodes(root.fetchSemanticsNode()).forEach { node -> faults(node).forEach { found += "$place: $it" } }
    }

    private fun colours(picture: Bitmap): Int {
        val step = 3
        val points = (0 until picture.height step step).flatMap { y ->
            (0 until picture.width step step).map { x -> picture.getPixel(x, y) }
        }
        return points.toSet().size
    }

    private fun nodes(node: SemanticsNode): List<SemanticsNode> = listOf(node) + node.children.flatMap(::nodes)

    private fun faults(node: SemanticsNode): List<String> {
        val name = words(node)
        val isButton = node.config.contains(SemanticsActions.OnClick) && !node.config.contains(SemanticsActions.SetText)
        val texts = mutableListOf<TextLayoutResult>()
        node.config.getOrNull(SemanticsActions.GetTextLayoutResult)?.action?.invoke(texts)
        val isTitle = node.config.contains(SemanticsProperties.Heading)
        return listOfNotNull(
            "a button without a name".takeIf { isButton && name.isBlank() },
            "$name is too small for a thumb: ${touched(node)}".takeIf { isButton && isVisible(node) && isTooSmall(touched(node)) },
            "$name is cut off".takeIf { !isTitle && texts.any(::isCut) },
        )
    }

    private fun isCut(text: TextLayoutResult) =
        text.multiParagraph.didExceedMaxLines || (0 until text.lineCount).any(text::isLineEllipsized)

    private fun words(node: SemanticsNode): String {
        val own = node.config.getOrNull(SemanticsProperties.ContentDescription).orEmpty() +
            node.config.getOrNull(SemanticsProperties.Text).orEmpty().map { it.text }
        return own.joinToString(" ")
    }

    /** What is half scrolled away is as large as the rest of it, which nobody can tell from here. */
    private fun isVisible(node: SemanticsNode) = node.boundsInRoot.height.toInt() == node.size.height

    private fun touched(node: SemanticsNode): Size = with(node.layoutInfo.density) {
        Size(node.touchBoundsInRoot.width.toDp().value, node.touchBoundsInRoot.height.toDp().value)
    }

    private fun isTooSmall(size: Size) = size.width < SMALLEST_DP || size.height < SMALLEST_DP

    private companion object {
        const val PATIENCE_MS = 30_000L
        const val FEWEST_COLOURS = 20

        /** 48, less what is lost where a bound lies between two pixels. */
        const val SMALLEST_DP = 47.4f
    }
}
