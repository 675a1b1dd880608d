import Foundation
import Saha
import Testing

/// The core's log. One serves the process, so these run one after the other.
@Suite(.serialized) struct LogTests {
    @Test func theLogTellsOfAListenerThatFailsAndOfAPanic() async throws {
        let lines = Box<[String]>([])
        try SahaLog.start(.warn) { level, target, text in lines.change { $0.append("\(level) \(target) \(text)") } }
        let phone = try await Phone.ofAyse()
        let shop = try await phone.shop()
        let marker = UUID().uuidString
        let subscription = try phone.saha.observe { _, _ in throw SahaError.Internal(reason: marker) }
        try await until("the warning") {
            lines.value.contains { $0.hasPrefix("warn saha_core") && $0.contains(marker) }
        }
        subscription.cancel()
        phone.clock.panicAtNextReading()
        _ = try await failure { try await phone.saha.visits.checkIn(shop.id) }
        try await until("the panic") {
            lines.value.contains { $0.hasPrefix("error") && $0.contains("asked the clock") }
        }
        #expect(!lines.value.contains { $0.hasPrefix("debug") || $0.hasPrefix("info") })
    }

    @Test func aLaterCallTakesThePlaceOfTheEarlier() async throws {
        let (early, late) = (Box(0), Box(0))
        try SahaLog.start(.trace) { _, _, _ in early.change { $0 += 1 } }
        try SahaLog.start(.trace) { _, _, _ in late.change { $0 += 1 } }
        let phone = try await Phone.ofAyse()
        try await until("a line") { late.value > 0 }
        let heard = early.value
        try await phone.saha.sync.run()
        #expect(early.value == heard)
        try SahaLog.start(.error)
    }
}
