import Foundation

/// A process of the tests, with nothing to read, that writes into a file. Foundation's `Process` learns of an end by a socket, which
/// other children that are started at the same moment hold open on Linux.
final class Child: Sendable {
    private let id: pid_t
    private let exit = Box<Int32?>(nil)

    /// Starts a program.
    init(_ program: URL, _ arguments: [String], output: URL, environment: [String: String] = [:]) throws {
        #if canImport(Darwin)
            var (actions, attributes): (posix_spawn_file_actions_t?, posix_spawnattr_t?) = (nil, nil)
        #else
            var (actions, attributes) = (posix_spawn_file_actions_t(), posix_spawnattr_t())
        #endif
        // A thread that runs tasks lets no signal through, and a child is born with its mask.
        posix_spawnattr_init(&attributes)
        defer { posix_spawnattr_destroy(&attributes) }
        var none = sigset_t()
        sigemptyset(&none)
        posix_spawnattr_setsigmask(&attributes, &none)
        posix_spawnattr_setflags(&attributes, Int16(POSIX_SPAWN_SETSIGMASK))
        posix_spawn_file_actions_init(&actions)
        defer { posix_spawn_file_actions_destroy(&actions) }
        posix_spawn_file_actions_addopen(&actions, 0, "/dev/null", O_RDONLY, 0)
        posix_spawn_file_actions_addopen(&actions, 1, output.path, O_WRONLY | O_CREAT | O_TRUNC, 0o600)
        let ours = ProcessInfo.processInfo.environment.merging(environment) { $1 }
        let argv = ([program.path] + arguments).map { strdup($0) } + [nil]
        let variables = ours.map { strdup("\($0)=\($1)") } + [nil]
        defer { (argv + variables).forEach { free($0) } }
        var id: pid_t = 0
        let failure = posix_spawn(&id, program.path, &actions, &attributes, argv, variables)
        guard failure == 0 else { throw Failed("can't start \(program.path): error \(failure)") }
        self.id = id
        EndOfTests.kill(id)
    }

    func signal(_ number: Int32) {
        if exit.value == nil { _ = kill(id, number) }
    }

    /// Makes it stand still, and waits until each of its threads does.
    func pause() {
        signal(SIGSTOP)
        var status: Int32 = 0
        waitpid(id, &status, WUNTRACED)
    }

    /// Waits for its end.
    func wait() {
        guard exit.value == nil else { return }
        var status: Int32 = 0
        waitpid(id, &status, 0)
        exit.change { $0 = status }
    }
}

/// Processes that no object may end: a test runner leaves without a word.
private enum EndOfTests {
    private static let processes = Box<[pid_t]>([])

    static func kill(_ process: pid_t) {
        let isFirst = processes.value.isEmpty
        processes.change { $0.append(process) }
        if isFirst {
            atexit { EndOfTests.processes.value.forEach { _ = Foundation.kill($0, SIGKILL) } }
        }
    }
}
