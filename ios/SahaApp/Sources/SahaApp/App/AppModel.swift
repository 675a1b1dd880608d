import Foundation
import Observation
import Saha

/// The app from its start on: who is there, and the session that is open for him.
@MainActor @Observable public final class AppModel {
    /// What is in front.
    public enum Stage {
        /// The database is being opened.
        case opening
        /// Nobody is there.
        case signIn(SignInModel)
        /// Somebody is.
        case session(Session)
        /// The phone does not let the app at its data, or they are damaged: the core's sentence.
        case failed(String)
    }

    /// What is in front.
    public private(set) var stage = Stage.opening

    let device: Device
    @ObservationIgnored private var keeper: Keeper?
    @ObservationIgnored private var starting: Task<Void, Never>?

    /// An app that was not started yet.
    public init(device: Device) {
        self.device = device
    }

    /// Opens what was open last. Whoever asks while somebody else does waits for the same; asking again after a failure tries again.
    public func start() async {
        switch stage {
        case .signIn, .session: return
        case .opening, .failed: break
        }
        if let starting { return await starting.value }
        let starts = Task {
            await open()
            starting = nil
        }
        starting = starts
        await starts.value
    }

    /// The app is in front of the rep, for the first time or again.
    public func cameToFront() async {
        await start()
        if case .session(let session) = stage { await session.cameToFront() }
    }

    /// Does in granted time what there is to do, whoever started the app for it.
    public func carryOut(_ task: any GrantedTime) async {
        await start()
        switch stage {
        case .session(let session): await session.sync.carryOut(task)
        // Nobody is there, so nothing waits.
        case .signIn: task.complete(true)
        case .opening, .failed:
            // The phone was not unlocked since it was switched on. Later it is.
            SyncScheduler.submit([.refresh], after: nil, to: device)
            task.complete(false)
        }
    }

    /// Waits until what the app itself keeps is on the disk.
    public func settled() async {
        await keeper?.settled()
    }

    private func open() async {
        do {
            let keeper = try Keeper(folder: device.folder)
            self.keeper = keeper
            guard let account = keeper.memory.account else { return askWhoIsThere(keeper) }
            begin(try await device.open(account: account), account, keeper)
        } catch {
            stage = .failed(error.localizedDescription)
        }
    }

    private func askWhoIsThere(_ keeper: Keeper, saying sentence: String? = nil) {
        let model = SignInModel(device: device, keeper: keeper, saying: sentence)
        model.onSignedIn = { [weak self] saha, account in self?.begin(saha, account, keeper) }
        stage = .signIn(model)
    }

    private func begin(_ saha: Saha, _ account: String, _ keeper: Keeper) {
        keeper.memory.account = account
        let session = Session(saha: saha, account: account, device: device, keeper: keeper)
        session.onEnd = { [weak self] sentence in self?.askWhoIsThere(keeper, saying: sentence) }
        stage = .session(session)
    }
}
