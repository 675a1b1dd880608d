// A rep's morning against a real server, as an app would write it:
//
//     saha serve                                  # in another window; `saha import all …` gives it customers and users
//     swift run SahaSample http://127.0.0.1:8787 ayse.yilmaz saha-ayse-2026

import Foundation
import Saha

let arguments = CommandLine.arguments.dropFirst()
guard arguments.count == 3 else {
    FileHandle.standardError.write(Data("usage: SahaSample SERVER LOGIN PASSWORD\n".utf8))
    exit(2)
}
let (server, login, password) = (arguments[1], arguments[2], arguments[3])

// A phone keeps its data. This one is thrown away, and so are its secrets.
let folder = FileManager.default.temporaryDirectory.appending(path: "saha-sample-\(UUID().uuidString)")
defer { try? FileManager.default.removeItem(at: folder) }

do {
    let saha = try await Saha.open(
        Config(folder: folder.path, platform: "swift", lang: .tr), secrets: MemorySecretStore())
    try await saha.account.signIn(server: server, login: login, password: password)
    let first = try await saha.sync.run()
    print("synced: \(first.pulled) rows")

    // The screen of today's visits draws itself, now and whenever one changes.
    let screen = Task {
        for try await visits in saha.live(.visit, query: { try await $0.visits.list(on: CalendarDate(.now)) }) {
            print("today: \(visits.count) visits")
        }
    }

    // Offline or not: each of these is on the phone when it returns.
    let shop = try await saha.customers.search("", limit: 1)[0]
    let visit = try await saha.visits.checkIn(shop.id)
    let product = try await saha.products.search("", limit: 1)[0]
    let line = NewSaleLine(product: product.id, quantityMilli: 3_000)
    let sale = try await saha.sales.create(NewSale(customer: shop.id, visit: visit.id, lines: [line]))
    try await saha.visits.checkOut(visit.id, VisitEnd(outcome: "order"))
    print("sold to \(shop.name): \(sale.net.amount) \(sale.net.currency) and \(sale.tax.amount) tax, as \(sale.number)")

    for target in try await saha.targets.progress().prefix(3) {
        print("target: \(target.metric) this \(target.period): \(target.actual) of \(target.targetValue)")
    }

    let second = try await saha.sync.run()
    print("sent: \(second.applied) changes, \(second.rejected) refused")
    try await saha.shutdown()
    try await screen.value
} catch {
    // In Turkish, as the core was opened.
    print("error: \(error.localizedDescription)")
    exit(1)
}
