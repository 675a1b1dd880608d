import Foundation
import Saha
import Testing

@testable import SahaApp
@testable import TestKit

/// Whose phone this is, when the company or the phone says something else than yesterday.
@MainActor @Suite struct IdentityTests {
    let company: Office
    let folder: TemporaryFolder

    init() throws {
        (company, folder) = (try Office(), try TemporaryFolder())
    }

    @Test func whoeverHasToSignInAgainWorksOnMeanwhileAndLosesNothing() async throws {
        let handset = try await Handset.ofAyse(at: company, in: folder)
        try await handset.close()
        // The phone's key store was emptied.
        try FileManager.default.removeItem(at: folder.url.appending(path: "secrets.json"))
        let next = Handset(folder: folder.url)
        await next.app.start()
        try next.follow()
        let session = try next.session
        try await eventually("the notice") { session.needsSignIn }
        let shop = try #require(try await session.saha.customers.search("", limit: 1).first)
        let call = session.call(shop.id)
        await call.run()
        await call.end(.noAnswer)
        try await eventually("the call") { session.status?.waiting == 1 }

        session.signInAgain.password = "wrong"
        await session.signInAgain.signIn()
        #expect(session.signInAgain.trouble.sentence != nil && session.needsSignIn)
        session.signInAgain.password = "saha-ayse-2026"
        await session.signInAgain.signIn()
        #expect(session.signInAgain.trouble.sentence == nil && session.signInAgain.password.isEmpty)
        #expect(!session.needsSignIn)
        try await next.synced()
    }

    @Test func aPhoneThatTheOfficeRevokedErasesItselfAndSaysSo() async throws {
        let handset = try await Handset.ofAyse(at: company, in: folder)
        let session = try handset.session
        let device = try #require(session.info?.device)
        try company.office(["devices", "revoke", device.uuidString.lowercased()])
        await session.sync.syncNow()
        // What it still had was handed in; the next answer ends it.
        try await eventually("the end of the session") {
            guard case .session(let session) = handset.app.stage else { return true }
            await session.sync.syncNow()
            return false
        }
        let screen = try handset.signInScreen
        #expect(screen.reason == SahaError.SignInRefused(code: "device_revoked").text(lang: .en))
    }

    @Test func aSecondRepOnThePhoneHasADeskOfHisOwn() async throws {
        let handset = try await Handset.ofAyse(at: company, in: folder)
        let hers = try handset.session
        let shop = try #require(try await hers.saha.customers.search("", limit: 1).first)
        hers.drafts.notes[UUID()] = "hers"
        hers.navigation.show(.customer(shop.id), in: .customers)
        await hers.settings().signOut()
        let screen = try handset.signInScreen
        (screen.login, screen.password) = (" Mehmet.Kaya ", "saha-mehmet-2026")
        await screen.signIn()
        let his = try handset.session
        #expect(his.drafts == Drafts() && his.navigation[.customers].isEmpty)
        #expect(try await his.saha.account.info().login == "mehmet.kaya")
        let known = try await Saha.knownAccounts(in: folder.url.appending(path: "saha").path)
        #expect(known == ["ayse.yilmaz", "mehmet.kaya"])
    }
}
