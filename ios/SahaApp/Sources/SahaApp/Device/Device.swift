import Foundation
import Saha

/// What only the phone has: the app gives it to the core, and tests give what they like.
public struct Device: Sendable {
    /// Where the app keeps everything: out of the backup, readable after the first unlock, in no app group.
    public var folder: URL
    /// What the office calls the installation.
    public var name: String
    /// The language in which core and server speak to people.
    public var lang: Lang
    /// Where tokens are kept.
    public var secrets: any SecretStore
    /// Where the phone is.
    public var places: any PlaceFinder
    /// The camera and the library of pictures.
    public var camera: any Camera
    /// Whether there is a network, and what it costs.
    public var network: any NetworkWatch
    /// Who grants time when the app is not in front.
    public var background: any BackgroundScheduler
    /// What time it is.
    public var now: @Sendable () -> Date
    /// The clocks of a test; none in the app.
    public var clock: TestClock?

    /// A device.
    public init(
        folder: URL, name: String, lang: Lang, secrets: any SecretStore, places: any PlaceFinder,
        camera: any Camera, network: any NetworkWatch, background: any BackgroundScheduler,
        now: @escaping @Sendable () -> Date = { .now }, clock: TestClock? = nil
    ) {
        (self.folder, self.name, self.lang, self.secrets) = (folder, name, lang, secrets)
        (self.places, self.camera, self.network, self.background) = (places, camera, network, background)
        (self.now, self.clock) = (now, clock)
    }

    /// The language of the texts that the app shows: Turkish where the system chose it for the app, else English.
    public static var lang: Lang {
        Bundle.main.preferredLocalizations.first?.hasPrefix("tr") == true ? .tr : .en
    }

    /// Opens the core for one person's account on this phone.
    func open(account: String) async throws(SahaError) -> Saha {
        let config = Config(folder: folder.path, account: account, deviceName: name, platform: "ios", lang: lang)
        guard let clock else { return try await Saha.open(config, secrets: secrets) }
        return try await Saha.open(config, secrets: secrets, clock: clock)
    }
}

/// Finds the place of the phone once. It follows nobody.
public protocol PlaceFinder: Sendable {
    /// Where the phone is, as far as that is known within `patience`; none where nobody may know, or nothing is found.
    func here(within patience: Duration) async -> Location?
}

/// Takes pictures.
public protocol Camera: Sendable {
    /// A picture as a file, which whoever asked may delete; none where the rep thought better of it.
    func picture(from source: PictureSource) async -> URL?
}

/// Where a picture comes from.
public enum PictureSource: Sendable, CaseIterable {
    /// A new one.
    case camera
    /// One that was taken before.
    case library
}

/// Knows whether there is a network.
public protocol NetworkWatch: Sendable {
    /// How it stands.
    var state: NetworkState { get }
    /// How it stands, now and after each change.
    var states: AsyncStream<NetworkState> { get }
}

/// How the phone is connected.
public struct NetworkState: Sendable, Hashable {
    /// Whether there is a network at all.
    public var isReachable: Bool
    /// Whether it costs money by the byte.
    public var isMetered: Bool

    /// A state.
    public init(isReachable: Bool, isMetered: Bool) {
        (self.isReachable, self.isMetered) = (isReachable, isMetered)
    }
}
