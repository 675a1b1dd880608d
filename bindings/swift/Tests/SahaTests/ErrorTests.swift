import Foundation
import SahaBindings
import Testing

@testable import Saha

/// What a caller is told when something can't be done.
@Suite struct ErrorTests {
    @Test func anErrorHasItsFields() async throws {
        let phone = try await Phone.ofAyse()
        let saha = phone.saha
        do throws(SahaError) {
            _ = try await saha.customers.get(code: "nobody")
            Issue.record("nobody was found")
        } catch {
            // One type is thrown, so a switch needs no cast.
            switch error {
            case .NotFound(let kind, let id): #expect(kind == "customer" && id == "nobody")
            default: Issue.record("\(error)")
            }
        }
        let visit = try await saha.visits.checkIn(try await phone.shop().id)
        try await saha.visits.checkOut(visit.id, VisitEnd(outcome: "order"))
        let again = try await failure { try await saha.visits.checkOut(visit.id, VisitEnd(outcome: "order")) }
        let id = visit.id.uuidString.lowercased()
        #expect(again == .WrongState(kind: "visit", id: id, state: "completed", wanted: "check_out"))
    }

    @Test func apageOutOfBoundsIsRefused() async throws {
        let phone = try await Phone()
        for limit in [-1, 0, 201, Int.max] {
            let error = try await failure { try await phone.saha.customers.search("", limit: limit) }
            #expect(error == .InvalidInput(field: "limit", problem: .outOfRange))
        }
        let error = try await failure { try await phone.saha.customers.search("", offset: -1) }
        #expect(error == .InvalidInput(field: "offset", problem: .outOfRange))
    }

    @Test func aWrongPasswordIsTold() async throws {
        let (phone, company) = (try await Phone(), try Company.shared.get())
        let error = try await failure {
            try await phone.saha.account.signIn(server: company.url, login: "ayse.yilmaz", password: "wrong")
        }
        #expect(error == .SignInRefused(code: "wrong_credentials"))
        #expect(try await failure { try await phone.saha.sync.run() } == .NotSignedIn)
    }

    @Test func aServerThatIsNotThereIsOffline() async throws {
        let phone = try await Phone()
        let error = try await failure {
            try await phone.saha.account.signIn(server: "http://127.0.0.1:1", login: "ayse.yilmaz", password: "secret")
        }
        #expect(error == .Offline(reason: "connect"))
    }

    @Test func anErrorSpeaksBothLanguages() {
        let error = SahaError.UnsentWork(count: 3)
        #expect(error.text(lang: .en).contains("3"))
        #expect(error.text(lang: .tr).contains("3") && error.text(lang: .tr) != error.text(lang: .en))
        #expect([error.text(lang: .en), error.text(lang: .tr)].contains(error.localizedDescription))
        #expect((error as any LocalizedError).errorDescription == error.localizedDescription)
        #expect("\(error)" == "3 changes have not reached the server", "for a log, always in English")
    }

    @Test func whateverElseIsThrownIsAnInternalError() {
        #expect(SahaError(caught: SahaError.Busy) == .Busy)
        #expect(SahaError(caught: CancellationError()) == .Cancelled)
        #expect(SahaError(caught: Failed("why")) == .Internal(reason: "why"))
    }

    @Test func aSecretStoreThatFailsIsHeardAsItFailed() async throws {
        final class Locked: SecretStore {
            func get(name: String) throws -> String? { throw SahaError.StorageLocked }
            func set(name: String, secret: String) throws { throw SahaError.StorageLocked }
            func delete(name: String) throws { throw Failed("no type of ours") }
        }
        let folder = try TemporaryFolder()
        let saha = try await Saha.open(Config(folder: folder.path, lang: .en), secrets: Locked())
        #expect(try await failure { try await saha.account.info() } == .StorageLocked)
    }
}
