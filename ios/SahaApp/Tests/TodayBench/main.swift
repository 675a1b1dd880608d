// How long the app takes from its start to Today, as figures that `cargo xtask bench ios` reads:
//
//     TodayBench FOLDER LOGIN
//
// The folder is an app's, with a database that is full, as `full_phone` of `saha-tests` makes it. Everything but the views runs as in
// the app, without a network. Each start finds the database closed; what was read of it before is in the system's cache.

import Foundation
import Saha

@testable import SahaApp
@testable import TestKit

/// When a start had come how far.
struct Start {
    let toTargets: Duration
    let toToday: Duration
}

/// One start of the app, until Today is complete.
@MainActor func start(in folder: URL) async throws -> Start {
    let begun = ContinuousClock.now
    let network = FakeNetwork()
    network.become(isReachable: false)
    let app = AppModel(
        device: Device(
            folder: folder, name: "bench", lang: .tr, secrets: MemorySecretStore(), places: FakePlaces(),
            camera: FakeCamera(), network: network, background: FakeBackground()))
    await app.start()
    guard case .session(let session) = app.stage else { throw Failed("the app is at \(app.stage)") }
    let running = Task { await session.run() }
    let today = session.today()
    let screen = Task { await today.run() }
    try await wait(for: today) { today.targets != nil }
    let toTargets = ContinuousClock.now - begun
    try await wait(for: today) { !today.due.isEmpty }
    let toToday = ContinuousClock.now - begun
    screen.cancel()
    running.cancel()
    try await session.saha.shutdown()
    return Start(toTargets: toTargets, toToday: toToday)
}

/// Looks again and again: whoever waited for a moment instead would measure the moment.
@MainActor func wait(for today: TodayModel, _ isThere: () -> Bool) async throws {
    while !isThere() {
        if let sentence = today.trouble.sentence { throw Failed(sentence) }
        await Task.yield()
    }
}

func tell(_ name: String, _ took: [Duration]) {
    let median = took.sorted()[took.count / 2] / .milliseconds(1)
    print(#"@figure {"name":"\#(name)","value":\#((median * 100).rounded() / 100),"unit":"ms"}"#)
}

@MainActor func measure(in folder: URL, login: String) async throws {
    let keeper = try Keeper(folder: folder)
    keeper.memory.account = login
    await keeper.settled()
    var starts: [Start] = []
    for _ in 0..<50 { starts.append(try await start(in: folder)) }
    tell("start of the app to Today", starts.map(\.toToday))
    tell("of it: to the targets", starts.map(\.toTargets))
}

let arguments = CommandLine.arguments.dropFirst()
guard arguments.count == 2 else {
    FileHandle.standardError.write(Data("usage: TodayBench FOLDER LOGIN\n".utf8))
    exit(2)
}
try await measure(in: URL(fileURLWithPath: arguments[1]), login: arguments[2])
