import Foundation
import Observation
import Saha

/// Whose phone this is, what it may use, and the way out.
@MainActor @Observable public final class SettingsModel {
    /// Whose.
    public var info: AccountInfo? { session.info }
    /// Whether photos go where the network costs money by the byte.
    public var sendsFilesOnMeteredNetworks: Bool {
        didSet { session.keeper.memory.sendsFilesOnMeteredNetworks = sendsFilesOnMeteredNetworks }
    }
    /// A copy of the rep's own data, to be given to whom he likes.
    public private(set) var exported: URL?
    /// Whether something is being done, and what went wrong.
    public let trouble = Trouble()

    private let session: Session

    init(_ session: Session) {
        self.session = session
        sendsFilesOnMeteredNetworks = session.keeper.memory.sendsFilesOnMeteredNetworks
    }

    /// Writes the rep's own data into a file.
    public func export() async {
        let file = FileManager.default.temporaryDirectory.appending(path: "saha-export.json")
        let done = await trouble.attempt { try await self.session.saha.account.export(to: file) }
        exported = done == nil ? nil : file
    }

    /// Signs out, unless the company lacks any of the rep's work: then the core says how much.
    public func signOut() async {
        _ = await trouble.attempt { try await self.session.signOut() }
    }

    /// Shows what waits.
    public func showWhatWaits() {
        session.navigation.tab = .sync
    }
}
