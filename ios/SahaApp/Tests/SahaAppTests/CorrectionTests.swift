import Foundation
import Saha
import Testing

@testable import SahaApp
@testable import TestKit

/// What was logged and planned, and is corrected. That the core sends the correction of a refused record in its place is shown by its
/// own tests.
@MainActor @Suite struct CorrectionTests {
    let company: Office
    let folder: TemporaryFolder

    init() throws {
        (company, folder) = (try Office(), try TemporaryFolder())
    }

    @Test func aCallIsCorrected() async throws {
        let handset = try await Handset.ofAyse(at: company, in: folder)
        let session = try handset.session
        let (shop, call) = try await logged(session)
        session.navigation.open(.logged(call.id))
        let screen = session.logged(call.id)
        await screen.run()
        #expect(screen.name == shop.name && !screen.outcomes.isEmpty && !screen.dispositions.isEmpty)
        #expect(screen.draft?.minutes == 1 && screen.draft?.outcome == "order" && screen.isTalk)
        screen.draft?.disposition = .noAnswer
        screen.draft?.minutes = 0
        screen.draft?.note = ""
        await screen.save()
        #expect(screen.trouble.sentence == nil && session.navigation[.today].isEmpty && session.drafts == Drafts())
        let corrected = try await session.saha.calls.get(call.id)
        #expect(corrected.disposition == .noAnswer && corrected.durationS == 0)
        #expect(corrected.outcome == nil && corrected.note == nil, "nothing comes of a call that nobody took")
        try await handset.synced()
        #expect(try await session.saha.verifyFigures() == [])
    }

    @Test func aPlannedVisitIsCorrected() async throws {
        let handset = try await Handset.ofAyse(at: company, in: folder)
        let session = try handset.session
        let shop = try #require(try await session.saha.customers.search("", limit: 1).first)
        let planned = try await session.saha.plan.add(
            NewPlanItem(customer: shop.id, date: CalendarDate(session.device.now()), note: "katalog"))
        session.navigation.open(.stop(planned.id))
        let screen = session.stop(planned.id)
        await screen.run()
        #expect(screen.name == shop.name && screen.draft?.note == "katalog")
        let later = planned.date.start().addingTimeInterval(30 * 3600)
        screen.draft?.day = later
        screen.draft?.sequence = 3
        await screen.save()
        #expect(session.navigation[.today].isEmpty && session.drafts == Drafts())
        let moved = try await session.saha.plan.get(planned.id)
        #expect(moved.date == CalendarDate(later) && moved.date != planned.date)
        #expect(moved.sequence == 3 && moved.note == "katalog")
        try await handset.synced()
    }

    @Test func whatWasBegunAndNotSavedIsThereAgain() async throws {
        let handset = try await Handset.ofAyse(at: company, in: folder)
        let session = try handset.session
        let (_, call) = try await logged(session)
        let begun = session.logged(call.id)
        await begun.run()
        begun.draft?.note = "yarın"
        let next = session.logged(call.id)
        await next.run()
        #expect(next.draft?.note == "yarın" && next.draft?.durationS == 90, "seconds that no stepper shows stay")
        next.forget()
        #expect(session.drafts == Drafts())
        #expect(try await session.saha.calls.get(call.id) == call)
    }

    @Test func aRefusedCallAndARefusedStopOpenTheirCorrection() async throws {
        let handset = try await Handset.ofAyse(at: company, in: folder)
        let session = try handset.session
        let changes = session.changes()
        session.navigation.tab = .sync
        for (kind, route) in [("call", { .logged($0) }), ("plan_item", { .stop($0) })] as [(String, Route)] {
            let (id, refused) = try await refused(kind, session)
            #expect(changes.canFix(refused))
            changes.fix(refused)
            #expect(session.navigation[.sync].last == route(id))
        }
    }

    private typealias Route = (UUID) -> Navigation.Route

    /// A change as it is listed once the company has refused it.
    private func refused(_ kind: String, _ session: Session) async throws -> (UUID, OutboxEntry) {
        let (shop, call) = try await logged(session)
        try await session.saha.plan.add(NewPlanItem(customer: shop.id, date: call.at.localDate))
        var entry = try #require(try await session.saha.outbox.list().last { $0.kind == kind })
        (entry.state, entry.code) = (.rejected, "invalid")
        return (try #require(UUID(uuidString: entry.recordId)), entry)
    }

    private func logged(_ session: Session) async throws -> (Customer, Call) {
        let shop = try #require(try await session.saha.customers.search("", limit: 1).first)
        let call = try await session.saha.calls.log(
            NewCall(
                customer: shop.id, disposition: .connected, direction: .outgoing, durationS: 90, outcome: "order",
                note: "ring"))
        return (shop, call)
    }
}
