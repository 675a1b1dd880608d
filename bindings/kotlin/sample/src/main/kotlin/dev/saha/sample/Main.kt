package dev.saha.sample

import dev.saha.Saha
import dev.saha.core.Config
import dev.saha.core.LogLevel
import dev.saha.core.NewSale
import dev.saha.core.NewSaleLine
import dev.saha.core.VisitEnd
import dev.saha.domain.Kind
import dev.saha.domain.Lang
import dev.saha.domain.SahaException
import kotlinx.coroutines.Dispatchers
import kotlinx.coroutines.coroutineScope
import kotlinx.coroutines.flow.map
import kotlinx.coroutines.flow.takeWhile
import kotlinx.coroutines.launch
import kotlinx.coroutines.runBlocking
import java.time.LocalDate
import kotlin.system.exitProcess

/** A rep's morning: `java … dev.saha.sample.MainKt SERVER LOGIN PASSWORD FOLDER`. */
fun main(arguments: Array<String>) {
    if (arguments.size != 4) {
        System.err.println("SERVER LOGIN PASSWORD FOLDER are wanted")
        exitProcess(2)
    }
    val (server, login, password, folder) = arguments
    Saha.initLogging(LogLevel.WARN) { level, target, text -> System.err.println("$level $target: $text") }
    runBlocking { morning(server, login, password, folder, ::println) }
}

/** Signs in, works a little and syncs; [say] gets what a screen would show. */
suspend fun morning(server: String, login: String, password: String, folder: String, say: (String) -> Unit) {
    Saha.open(Config(folder = folder, platform = "sample", lang = Lang.EN), MemorySecrets()).use { saha ->
        saha.account.signIn(server, login, password)
        saha.sync.run()
        say("${saha.account.info().rep?.name} sees ${saha.customers.search("", limit = 200).size} customers or more")
        watched(saha, say) { work(saha) }
        try {
            val report = saha.sync.run()
            say("${report.applied} changes are at the company")
        } catch (offline: SahaException.Offline) {
            say("No network (${offline.reason}); ${saha.sync.status().waiting} changes wait")
        }
        val visits = saha.targets.progress().first()
        say("${visits.metric}: ${visits.actual} of ${visits.targetValue}")
    }
}

/** Tells how many visits a screen would show, as often as that changes, until [work] has made the first one. */
private suspend fun watched(saha: Saha, say: (String) -> Unit, work: suspend () -> Unit) = coroutineScope {
    val screen =
        launch(Dispatchers.Default) {
            saha
                .live(Kind.VISIT) { saha.visits.listOn(LocalDate.now()).count { it.checkOut != null } }
                .takeWhile { it == 0 }
                .map { "No visit yet today" }
                .collect(say)
            say("The first visit of the day is over")
        }
    work()
    screen.join()
}

private suspend fun work(saha: Saha) {
    val shop = saha.customers.search("market").first()
    val visit = saha.visits.checkIn(shop.id)
    val product = saha.products.search("kola").first()
    saha.sales.create(NewSale(shop.id, visit = visit.id, lines = listOf(NewSaleLine(product.id, quantityMilli = 6_000))))
    saha.visits.checkOut(visit.id, VisitEnd(outcome = "order"))
}
