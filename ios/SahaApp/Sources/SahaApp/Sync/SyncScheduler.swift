import Foundation
import Observation
import Saha

/// When the phone speaks to the company: as docs/syncing-from-an-app.md wants it.
@MainActor @Observable public final class SyncScheduler {
    /// Whether a sync that somebody asked for is under way.
    public var isRunning: Bool { running > 0 }
    /// How the last sync ended that a person asked for; none where it ended well.
    public let trouble = Trouble()

    private let saha: Saha
    private let device: Device
    private let sendsFilesOnMeteredNetworks: () -> Bool
    private var running = 0
    @ObservationIgnored private var retry: Task<Void, Never>?
    @ObservationIgnored private var waited = 0
    @ObservationIgnored var onRefusal: (SahaError) async -> Void = { _ in }

    init(saha: Saha, device: Device, sendsFilesOnMeteredNetworks: @escaping () -> Bool) {
        (self.saha, self.device) = (saha, device)
        self.sendsFilesOnMeteredNetworks = sendsFilesOnMeteredNetworks
    }

    /// A person asked, so he is told how it ends.
    public func syncNow() async {
        _ = await trouble.attempt { try await self.sync(SyncBudget()) }
    }

    /// There is a reason, and nobody waits.
    func ask() async {
        guard device.network.state.isReachable else { return }
        _ = try? await sync(SyncBudget())
    }

    /// Asks at once, and whenever something was written or the network came back, for as long as the session is open.
    func run() async {
        async let first: Void = ask()
        async let networks: Void = followNetwork()
        let listening = Trouble()
        await listening.follow(saha.live(outbox: true) { try await $0.sync.status() }) { status in
            // A sync moves changes too. More of them than before there are only when the rep wrote or resent something.
            let waiting = Int(status.waiting) + Int(status.filesWaiting)
            if waiting > self.waited { Task { await self.ask() } }
            self.waited = waiting
        }
        retry?.cancel()
        _ = await (first, networks)
    }

    /// Syncs in granted time. Time that ends early ends the sync; what was exchanged by then is saved.
    func carryOut(_ task: any GrantedTime) async {
        // Asked for first: a process that is killed in the middle has its next time.
        Self.submit([.refresh, .processing], after: nil, to: device)
        guard await isWorthIt(task.kind) else { return task.complete(true) }
        let syncs = Task { try await sync(SyncBudget(maxMs: task.kind.maxMs, isBackground: true)) }
        task.onExpiry { syncs.cancel() }
        let report = try? await syncs.value
        let status = try? await saha.sync.status()
        let isDone = report?.isComplete ?? false
        let more: [BackgroundKind] = isDone && status?.filesWaiting == 0 ? [.refresh] : [.refresh, .processing]
        Self.submit(more, after: status?.nextTry, to: device)
        task.complete(isDone)
    }

    /// An app that is put away sends what waits, and fetches nothing.
    private func isWorthIt(_ kind: BackgroundKind) async -> Bool {
        guard kind == .leaving, let status = try? await saha.sync.status() else { return true }
        return status.waiting > 0 || status.filesWaiting > 0
    }

    /// Asks the system for time, not before the company wants to hear of us.
    static func submit(_ kinds: [BackgroundKind], after nextTry: Date?, to device: Device) {
        let soonest = device.now() + 15 * 60
        for kind in kinds {
            // A simulator, or a rep who switched it off, grants none: then the app syncs when it is in front.
            try? device.background.submit(
                BackgroundRequest(kind: kind, earliest: max(soonest, nextTry ?? soonest)))
        }
    }

    private func sync(_ budget: SyncBudget) async throws(SahaError) -> SyncReport {
        running += 1
        defer { running -= 1 }
        var budget = budget
        budget.isMetered = device.network.state.isMetered && !sendsFilesOnMeteredNetworks()
        do {
            let report = try await saha.sync.run(budget)
            retry?.cancel()
            return report
        } catch {
            switch error {
            case .NotSignedIn, .SignInRefused: await onRefusal(error)
            case .Cancelled, .Closed: break
            default: await tryLater()
            }
            throw error
        }
    }

    /// While the app is in front it is its own scheduler.
    private func tryLater() async {
        guard let next = try? await saha.sync.status().nextTry else { return }
        let pause = max(1, next.timeIntervalSince(device.now()))
        retry?.cancel()
        retry = Task {
            guard (try? await Task.sleep(for: .seconds(pause))) != nil else { return }
            await ask()
        }
    }

    private func followNetwork() async {
        var wasReachable = true
        for await state in device.network.states {
            if state.isReachable, !wasReachable { await ask() }
            wasReachable = state.isReachable
        }
    }
}
