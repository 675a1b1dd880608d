package dev.saha

import java.net.InetAddress
import java.net.ServerSocket
import java.net.Socket
import java.util.concurrent.CopyOnWriteArrayList
import java.util.concurrent.CountDownLatch
import java.util.concurrent.TimeUnit
import kotlin.concurrent.thread

/** A way to a server that can be blocked: what is sent meanwhile is swallowed, and nobody answers. */
internal class Relay(private val port: Int) : AutoCloseable {
    private val entry = ServerSocket(0, 50, InetAddress.getLoopbackAddress())
    private val sockets = CopyOnWriteArrayList<Socket>()

    @Volatile private var swallowed: CountDownLatch? = null

    val url: String get() = "http://127.0.0.1:${entry.localPort}"

    init {
        thread(isDaemon = true, name = "relay") {
            while (!entry.isClosed) runCatching { connect(entry.accept()) }
        }
    }

    /** From now on nothing gets through. */
    fun block() {
        swallowed = CountDownLatch(1)
    }

    /** Waits until a request was swallowed. */
    fun awaitSwallowed() = check(checkNotNull(swallowed).await(60, TimeUnit.SECONDS)) { "nobody asked for anything" }

    /** New connections get through; what hung is broken off. */
    fun open() {
        swallowed = null
        sockets.forEach { it.close() }
        sockets.clear()
    }

    override fun close() {
        entry.close()
        open()
    }

    private fun connect(phone: Socket) {
        val server = Socket(InetAddress.getLoopbackAddress(), port)
        sockets += listOf(phone, server)
        thread(isDaemon = true) { pass(phone, server) }
        thread(isDaemon = true) { pass(server, phone) }
    }

    private fun pass(from: Socket, to: Socket) {
        runCatching {
            val bytes = ByteArray(16 * 1024)
            while (true) {
                val count = from.getInputStream().read(bytes)
                if (count < 0) break
                swallowed?.countDown() ?: to.getOutputStream().write(bytes, 0, count)
            }
        }
        from.close()
        to.close()
    }
}
