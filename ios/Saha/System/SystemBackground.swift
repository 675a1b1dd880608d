import BackgroundTasks
import Foundation
import SahaApp
import UIKit

/// Time from `BGTaskScheduler`.
struct SystemBackground: BackgroundScheduler {
    /// The kinds that are asked for, under the names that Info.plist permits.
    static let names: [BackgroundKind: String] = [
        .refresh: "dev.saha.app.refresh",
        .processing: "dev.saha.app.processing",
    ]

    /// Says who is to be called when time is granted. To be called before the app has finished launching.
    @MainActor static func register(_ carryOut: @escaping @MainActor (any GrantedTime) -> Void) {
        for (kind, name) in names {
            BGTaskScheduler.shared.register(forTaskWithIdentifier: name, using: .main) { task in
                let granted = SchedulerTime(kind, task)
                MainActor.assumeIsolated { carryOut(granted) }
            }
        }
    }

    func submit(_ request: BackgroundRequest) throws {
        guard let wish = Self.request(for: request) else { return }
        wish.earliestBeginDate = request.earliest
        try BGTaskScheduler.shared.submit(wish)
    }

    /// The system's own request. For the time that is left to an app that was put away there is none.
    static func request(for request: BackgroundRequest) -> BGTaskRequest? {
        guard let name = names[request.kind] else { return nil }
        guard request.kind == .processing else { return BGAppRefreshTaskRequest(identifier: name) }
        let processing = BGProcessingTaskRequest(identifier: name)
        processing.requiresNetworkConnectivity = true
        return processing
    }
}

/// Time that `BGTaskScheduler` granted. It calls from queues of its own, and its tasks say of no thread that they may not be used
/// there.
private final class SchedulerTime: GrantedTime, @unchecked Sendable {
    let kind: BackgroundKind
    private let task: BGTask

    init(_ kind: BackgroundKind, _ task: BGTask) {
        (self.kind, self.task) = (kind, task)
    }

    func onExpiry(_ handler: @escaping @Sendable () -> Void) {
        task.expirationHandler = handler
    }

    func complete(_ isDone: Bool) {
        task.setTaskCompleted(success: isDone)
    }
}

/// What is left to an app that has just been put away: about half a minute, if it says that it has something to do.
@MainActor final class LeavingTime: GrantedTime {
    nonisolated let kind = BackgroundKind.leaving
    private var id = UIBackgroundTaskIdentifier.invalid
    private var handler: (@Sendable () -> Void)?
    private var isOver = false

    init() {
        id = UIApplication.shared.beginBackgroundTask { [self] in
            MainActor.assumeIsolated { expire() }
        }
        isOver = id == .invalid
    }

    nonisolated func onExpiry(_ handler: @escaping @Sendable () -> Void) {
        Task { @MainActor in
            self.handler = handler
            if isOver { handler() }
        }
    }

    nonisolated func complete(_ isDone: Bool) {
        Task { @MainActor in end() }
    }

    private func expire() {
        isOver = true
        handler?()
        end()
    }

    /// Given back once: the system kills whoever forgets it.
    private func end() {
        guard id != .invalid else { return }
        UIApplication.shared.endBackgroundTask(id)
        id = .invalid
    }
}
