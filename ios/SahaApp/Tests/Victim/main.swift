// A rep in the middle of his work, whose phone's system ends the app without a word:
//
//     Victim FOLDER
//
// The folder belongs to a rep who has signed in. He goes on with the visit that is open, has typed a note, and is putting a sale
// together. Then the process waits to be killed.

import Foundation
import Saha
import SahaApp

@testable import TestKit

@MainActor func work(in folder: URL) async throws {
    let handset = Handset(folder: folder)
    handset.network.become(isReachable: false)
    await handset.app.start()
    let session = try handset.session
    let today = session.today()
    let screen = handset.show { await today.run() }
    try await eventually("the visit") { today.open != nil }
    today.goOn()
    guard case .visit(let id)? = session.navigation[.today].last else { throw Failed("no visit is in front") }
    let visit = session.visit(id)
    let below = handset.show { await visit.run() }
    try await eventually("the visit") { visit.isOpen }
    visit.note = "Raf boştu"
    visit.sell()
    guard case .sale(let customer, let at)? = session.navigation[.today].last else {
        throw Failed("no sale is in front")
    }
    let sale = session.sale(customer, visit: at)
    let top = handset.show { await sale.search() }
    sale.text = "kola"
    try await eventually("a product") { !sale.products.isEmpty }
    sale.add(sale.products[0])
    sale.add(sale.products[0])
    await handset.app.settled()
    print("ready")
    fflush(nil)
    _ = (screen, below, top)
    try await Task.sleep(for: .seconds(600))
}

try await work(in: URL(fileURLWithPath: CommandLine.arguments[1]))
