package dev.saha

import dev.saha.core.ChangeListener
import dev.saha.core.Config
import dev.saha.core.LogLevel
import dev.saha.core.LogSink
import dev.saha.core.SecretStore
import dev.saha.core.TestClock
import dev.saha.domain.Kind
import kotlinx.coroutines.CoroutineDispatcher
import kotlinx.coroutines.Dispatchers
import kotlinx.coroutines.NonCancellable
import kotlinx.coroutines.currentCoroutineContext
import kotlinx.coroutines.ensureActive
import kotlinx.coroutines.flow.Flow
import kotlinx.coroutines.isActive
import kotlinx.coroutines.withContext
import dev.saha.core.Saha as Core
import dev.saha.core.initLogging as initCoreLogging
import dev.saha.core.knownAccounts as knownCoreAccounts

/**
 * An open core: everything a rep does, on the phone and without a network.
 *
 * One for each account's folder and process; an app opens it once and keeps it for as long as it lives. All of it may be used
 * from any thread and by any number of coroutines at once. What a function writes is durable when it returns.
 *
 * ```kotlin
 * val saha = Saha.open(Config(folder = filesDir.resolve("saha").path, lang = Lang.TR), secrets)
 * val customer = saha.customers.search("ihlamur").first()
 * val visit = saha.visits.checkIn(customer.id)
 * saha.visits.checkOut(visit.id, VisitEnd(outcome = "order"))
 * ```
 *
 * **Threads.** Functions run on the dispatcher that [open] was given; those that wait for a network occupy no thread meanwhile. None
 * of them blocks its caller.
 *
 * **Cancellation.** A cancelled coroutine gets no answer, but what was being written by then is written: who must have the answer
 * asks within `NonCancellable`. A cancelled [Sync.run] stops at the next safe point, and nothing is lost.
 *
 * **Errors.** Every function throws [dev.saha.domain.SahaException], a sealed class, and nothing else, but for the
 * `CancellationException` of a cancelled coroutine. A bug of the core is `SahaException.Internal`; the core stays usable.
 */
public class Saha private constructor(private val core: Core, private val runner: Runner) : AutoCloseable {
    /** Customers: finding one, knowing him, and writing down a prospect. */
    public val customers: Customers = Customers(core.customers(), runner)

    /** Products and their prices. */
    public val products: Products = Products(core.products(), runner)

    /** Visits: in at the door, out again, and what came of it. */
    public val visits: Visits = Visits(core.visits(), runner)

    /** Calls. */
    public val calls: Calls = Calls(core.calls(), runner)

    /** Sales. */
    public val sales: Sales = Sales(core.sales(), runner)

    /** Photos of visits. */
    public val photos: Photos = Photos(core.photos(), runner)

    /** The plan: whom to visit on which day, and what has become of it. */
    public val plan: Plan = Plan(core.plan(), runner)

    /** Targets: where the rep stands, and what is left. */
    public val targets: Targets = Targets(core.targets(), runner)

    /** What waits for the company, what was refused, and what can be done about it. */
    public val outbox: Outbox = Outbox(core, runner)

    /** Syncing. */
    public val sync: Sync = Sync(core, runner)

    /** Signing in and out. */
    public val account: Account = Account(core.account(), runner)

    /**
     * The answer of [query], now and again after each change to records of these kinds, from wherever it comes: this app, a sync,
     * an erasure.
     *
     * The first answer comes first. A slow collector gets the newest answer, not every one between. [query] may ask for
     * anything; name every kind that it reads, and [outbox] where it reads how changes stand on their way to the company, too. The flow is cold and never completes; cancel its collector to end it. What [query]
     * throws fails the flow.
     *
     * ```kotlin
     * val today: Flow<List<Visit>> = saha.live(Kind.VISIT) { saha.visits.listOn(LocalDate.now()) }
     * ```
     *
     * @see Outbox.live
     * @see Sync.live
     */
    public fun <T> live(kind: Kind, vararg more: Kind, outbox: Boolean = false, query: suspend () -> T): Flow<T> {
        val watched = setOf(kind, *more)
        return core.live(concerns = { kinds, moved -> kinds.any(watched::contains) || (outbox && moved) }, query)
    }

    /**
     * Calls [changed] after each commit, until what this returns is closed: for code without coroutines. Else [live] is simpler.
     *
     * The first call comes at once, with every kind. [changed] gets the kinds of which records changed, and whether changes moved
     * on their way to the server. It runs on whatever thread wrote, so it must be quick; it may call back into the core; what it throws is
     * logged and harms nobody. Keep what this returns: the garbage collector ends a listener whose subscription nobody holds.
     */
    public fun observe(changed: (kinds: Set<Kind>, outbox: Boolean) -> Unit): AutoCloseable =
        saying { core.observe(Listener(changed)) }

    /**
     * Compares every figure with a recount of the records. An empty answer is a healthy database; each line names a cell that
     * differs. Reads everything: for support, not for a screen.
     */
    public suspend fun verifyFigures(): List<String> = runner.local { core.verifyFigures() }

    /**
     * Stops the sync and closes the database, so that the folder can be opened anew. Everything later says
     * `SahaException.Closed`; a second time does nothing. It is not cut short by a cancellation.
     */
    public suspend fun shutdown(): Unit = withContext(NonCancellable) { runner.local { core.shutdown() } }

    /**
     * As [shutdown], for `use { }` and for code without coroutines. Blocks until a sync that is under way has stopped, which takes
     * milliseconds.
     */
    override fun close(): Unit = saying { core.shutdown() }

    public companion object {
        /**
         * Opens the database in `config.folder`, and makes it where it is missing. Never needs a network or a sign-in, and does not
         * ask [secrets] yet. Functions will run on [dispatcher].
         *
         * Says `SahaException.Busy` where another process holds the folder for more than five seconds.
         */
        public suspend fun open(config: Config, secrets: SecretStore, dispatcher: CoroutineDispatcher = Dispatchers.IO): Saha =
            opened(dispatcher) { Core.open(config, secrets) }

        /**
         * As [open], with clocks that a test holds in hand: for the tests of an app.
         *
         * ```kotlin
         * val clock = TestClock(utcMs = Instant.parse("2026-11-23T06:00:00Z").toEpochMilli())
         * val saha = Saha.openWithClock(config, secrets, clock)
         * clock.advance(ms = 3_600_000)
         * ```
         */
        public suspend fun openWithClock(
            config: Config,
            secrets: SecretStore,
            clock: TestClock,
            dispatcher: CoroutineDispatcher = Dispatchers.IO,
        ): Saha = opened(dispatcher) { Core.openWithClock(config, secrets, clock) }

        /**
         * The accounts that were opened in [folder] before, by their login names in lower case and in order: for the screen that asks
         * who is there. Each is opened with `Config.account`.
         */
        public suspend fun knownAccounts(folder: String): List<String> =
            Runner(Dispatchers.IO).local { knownCoreAccounts(folder) }

        /**
         * Sends the core's log to [sink] from now on: each line that is at least as grave as [level], and every panic.
         *
         * One log serves the whole process. To be called once, before [open]; a later call takes the earlier one's place. [sink] gets the
         * part of the core that speaks and one line without personal data; it runs on a thread that does nothing else, and may
         * take its time.
         *
         * ```kotlin
         * Saha.initLogging(LogLevel.INFO) { level, target, text -> Log.println(level.priority, target, text) }
         * ```
         */
        public fun initLogging(level: LogLevel, sink: (level: LogLevel, target: String, text: String) -> Unit): Unit =
            saying { initCoreLogging(level, Sink(sink)) }

        private suspend fun opened(dispatcher: CoroutineDispatcher, open: () -> Core): Saha {
            val runner = Runner(dispatcher)
            val core = withContext(NonCancellable) { runner.local(open) }
            // A cancelled caller gets no answer, so nobody else could close it.
            if (!currentCoroutineContext().isActive) core.shutdown()
            currentCoroutineContext().ensureActive()
            return Saha(core, runner)
        }
    }
}

private class Listener(private val told: (Set<Kind>, Boolean) -> Unit) : ChangeListener {
    override fun changed(kinds: List<Kind>, outbox: Boolean) = told(kinds.toSet(), outbox)
}

private class Sink(private val told: (LogLevel, String, String) -> Unit) : LogSink {
    override fun log(level: LogLevel, target: String, text: String) = told(level, target, text)
}
