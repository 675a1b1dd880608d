import Foundation
import Observation
import Saha

/// Who is there?
@MainActor @Observable public final class SignInModel {
    /// The company's server.
    public var server: String
    /// As the office gave it.
    public var login: String
    /// As the office gave it. It is not kept.
    public var password = ""
    /// Who signed in on this phone before.
    public let known: [String]
    /// Whether it goes on, and what went wrong.
    public let trouble = Trouble()
    /// Why he is asked, where a session ended by itself.
    public let reason: String?

    private let device: Device
    private let keeper: Keeper
    @ObservationIgnored var onSignedIn: (Saha, String) -> Void = { _, _ in }

    init(device: Device, keeper: Keeper, saying reason: String?) {
        (self.device, self.keeper, self.reason) = (device, keeper, reason)
        server = keeper.memory.server
        known = keeper.memory.desks.keys.sorted()
        login = known.count == 1 ? known[0] : ""
    }

    /// Whether there is enough to try.
    public var canSignIn: Bool {
        !trouble.isBusy && !server.isEmpty && !account.isEmpty && !password.isEmpty
    }

    /// Signs in, and opens the session.
    public func signIn() async {
        guard canSignIn else { return }
        let opened = await trouble.attempt {
            let saha = try await self.device.open(account: self.account)
            do {
                try await saha.account.signIn(server: self.address, login: self.account, password: self.password)
            } catch {
                // The first error is the one to tell.
                try? await saha.shutdown()
                throw error
            }
            return saha
        }
        guard let opened else { return }
        password = ""
        keeper.memory.server = server
        onSignedIn(opened, account)
    }

    /// The account's name, the same however it was typed.
    private var account: String {
        login.trimmingCharacters(in: .whitespacesAndNewlines).lowercased()
    }

    /// A name alone means the safe way to it.
    private var address: String {
        let typed = server.trimmingCharacters(in: .whitespacesAndNewlines)
        return typed.contains("://") ? typed : "https://\(typed)"
    }
}

/// The password once more, where the company wants it: work goes on meanwhile.
@MainActor @Observable public final class SignInAgainModel {
    /// As the office gave it. It is not kept.
    public var password = ""
    /// Whether it goes on, and what went wrong.
    public let trouble = Trouble()

    private let saha: Saha
    @ObservationIgnored var onSignedIn: () async -> Void = {}

    init(saha: Saha) {
        self.saha = saha
    }

    /// Signs in as whoever the phone belongs to.
    public func signIn() async {
        let done: Void? = await trouble.attempt {
            let info = try await self.saha.account.info()
            try await self.saha.account.signIn(
                server: info.server ?? "", login: info.login ?? "", password: self.password)
        }
        guard done != nil else { return }
        password = ""
        await onSignedIn()
    }
}
