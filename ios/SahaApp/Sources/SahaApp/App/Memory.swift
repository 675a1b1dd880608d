import Foundation
import Saha

/// What the app itself keeps between two starts, beside the core's database: who uses it, where he was, what he had begun to
/// write.
struct Memory: Codable, Equatable, Sendable {
    /// Whose session is open; none after a sign-out.
    var account: String?
    /// Where he signed in last.
    var server = ""
    /// Whether files of photos go where the network costs money by the byte.
    var sendsFilesOnMeteredNetworks = false
    /// What each account left on its desk.
    var desks: [String: Desk] = [:]
}

/// Where a rep was, and what he had begun to write.
struct Desk: Codable, Equatable, Sendable {
    var place = Navigation.Place()
    var drafts = Drafts()
}

/// Writes the memory down whenever it changed, away from the main thread: the newest state, and no queue of old ones.
@MainActor final class Keeper {
    /// What is kept.
    var memory: Memory {
        didSet { if memory != oldValue { write() } }
    }

    private let file: URL
    private var writing: Task<Void, Never>?
    private var isStale = false

    /// Reads what was kept in that folder, and makes the folder where there is none.
    ///
    /// - Throws: Where there is something that can't be read now: before the first unlock after a restart nothing can. It must not
    ///   be taken for nothing then, and be written over.
    init(folder: URL) throws {
        try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
        file = folder.appending(path: "app.json")
        guard FileManager.default.fileExists(atPath: file.path) else {
            memory = Memory()
            return
        }
        let data = try Data(contentsOf: file)
        // What another build wrote in another shape is only where somebody was, and never his work.
        memory = (try? JSONDecoder().decode(Memory.self, from: data)) ?? Memory()
    }

    /// Waits until everything that changed so far is written.
    func settled() async {
        while let writing { await writing.value }
    }

    private func write() {
        isStale = true
        guard writing == nil else { return }
        writing = Task {
            while isStale {
                isStale = false
                await Self.write(memory, to: file)
            }
            writing = nil
        }
    }

    /// A disk that is full costs the rep a draft after a restart, and nothing else: the core says so when he saves.
    private nonisolated static func write(_ memory: Memory, to file: URL) async {
        guard let data = try? JSONEncoder().encode(memory) else { return }
        try? data.write(to: file, options: .atomic)
    }
}
