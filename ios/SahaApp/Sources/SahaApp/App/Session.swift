import Foundation
import Observation
import Saha

/// One rep's open core, and everything that his screens share.
@MainActor @Observable public final class Session {
    /// Where he is.
    public let navigation: Navigation
    /// When the phone speaks to the company.
    public let sync: SyncScheduler
    /// How the phone stands towards the company; none until it was first asked.
    public private(set) var status: SyncStatus?
    /// Whose phone this is.
    public private(set) var info: AccountInfo?
    /// Signing in again, where the company wants it.
    public let signInAgain: SignInAgainModel
    /// Rises whenever the screens have to ask anew because time went by: targets and plans are those of a day.
    public private(set) var epoch = 0

    let saha: Saha
    let device: Device
    let keeper: Keeper
    private let account: String
    @ObservationIgnored var onEnd: (String?) -> Void = { _ in }

    init(saha: Saha, account: String, device: Device, keeper: Keeper) {
        (self.saha, self.account, self.device, self.keeper) = (saha, account, device, keeper)
        navigation = Navigation(keeper.memory.desks[account]?.place ?? Navigation.Place()) { place in
            keeper.memory.desks[account, default: Desk()].place = place
        }
        sync = SyncScheduler(saha: saha, device: device) { keeper.memory.sendsFilesOnMeteredNetworks }
        signInAgain = SignInAgainModel(saha: saha)
        sync.onRefusal = { [weak self] error in await self?.wasRefused(error) }
        signInAgain.onSignedIn = { [weak self] in
            await self?.refreshInfo()
            await self?.sync.ask()
        }
    }

    /// The language in which the core speaks to him.
    public var lang: Lang { device.lang }

    /// What the rep has begun to write.
    var drafts: Drafts {
        get { keeper.memory.desks[account]?.drafts ?? Drafts() }
        set { keeper.memory.desks[account, default: Desk()].drafts = newValue }
    }

    /// What every screen follows, for as long as the session is open.
    public func run() async {
        await refreshInfo()
        async let syncing: Void = sync.run()
        let trouble = Trouble()
        await trouble.follow(saha.live(outbox: true) { try await $0.sync.status() }) { status in
            self.status = status
            // His own name comes with the first sync.
            if status.isComplete, self.info?.rep == nil { await self.refreshInfo() }
        }
        await syncing
    }

    /// The app is in front of the rep again.
    func cameToFront() async {
        epoch += 1
        await refreshInfo()
        await sync.ask()
    }

    /// Whether the company wants his password again before it takes what waits.
    public var needsSignIn: Bool {
        info.map { !$0.isSignedIn } ?? false
    }

    /// Ends the session. What he had begun to write goes; what he did is kept by the core, which refuses while the company lacks
    /// any of it.
    func signOut() async throws {
        try await saha.account.signOut()
        await end(saying: nil)
    }

    /// A visit at this customer, from now on, and its screen: where the phone is is said as far as it is known soon.
    func checkIn(at customer: CustomerId) async throws {
        let place = await device.places.here(within: .seconds(4))
        let visit = try await saha.visits.checkIn(customer, at: place)
        navigation.open(.visit(visit.id))
    }

    private func end(saying sentence: String?) async {
        keeper.memory.account = nil
        keeper.memory.desks[account] = Desk()
        // The session is over all the same: nobody could do anything about it.
        try? await saha.shutdown()
        onEnd(sentence)
    }

    private func refreshInfo() async {
        if let info = try? await saha.account.info() { self.info = info }
    }

    /// The company does not know this phone any more: either the rep signs in again, or everything was erased.
    private func wasRefused(_ error: SahaError) async {
        await refreshInfo()
        if case .SignInRefused = error, info?.login == nil {
            await end(saying: error.localizedDescription)
        }
    }
}
