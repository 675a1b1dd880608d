import Foundation
import SahaBindings

/// Signing in and out, and whose phone this is: `saha.account`.
public struct Account: Sendable {
    let door: Door<AccountHandle>

    /// Signs in at `server`. The folder is this user's from then on: anybody else needs an account of his own, see
    /// `Config.account`. Tokens go into the app's ``SecretStore``; the password is not kept. Cancelling the task stops it.
    ///
    /// ```swift
    /// try await saha.account.signIn(server: "https://saha.example.com", login: "ayse.yilmaz", password: password)
    /// try await saha.sync.run()
    /// ```
    ///
    /// - Parameters:
    ///   - server: Its address: https, or http to the literal loopback.
    ///   - login: As the office gave it.
    ///   - password: As the office gave it.
    /// - Throws: ``SahaError/SignInRefused(code:)``, or ``SahaError/ForeignDatabase(reason:)`` where the folder is another's.
    public func signIn(server: String, login: String, password: String) async throws(SahaError) {
        try await door.remote {
            try await $0.signIn(server: server, login: login, password: password, cancellation: $1)
        }
    }

    /// Forgets the tokens. What is on the phone stays, for the same user.
    ///
    /// - Throws: ``SahaError/UnsentWork(count:)`` while the company lacks any change or the file of a photo.
    public func signOut() async throws(SahaError) {
        try await door.local { try $0.signOut() }
    }

    /// Writes the rep's own data to a file, as one JSON document: his visits, calls, sales, photos (without their files) and the
    /// prospects in his sight, each with whether the company has it. Works without a network. The file is whole when this
    /// returns; where it fails, nothing is there that was not before.
    public func export(to file: URL) async throws(SahaError) -> Export {
        let path = file.path
        return try await door.local { try $0.export(path: path) }
    }

    /// Whose phone this is. Local; asks the app's key store.
    public func info() async throws(SahaError) -> AccountInfo {
        try await door.local { try $0.info() }
    }
}
