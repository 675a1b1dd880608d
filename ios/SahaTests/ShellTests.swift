import Foundation
import Saha
import SahaApp
import SwiftUI
import Testing

@testable import SahaShell

/// What the shell gives to the models, on a simulator or a phone.
@MainActor @Suite struct ShellTests {
    @Test func theFolderStaysOutOfTheBackup() throws {
        let folder = URL.temporaryDirectory.appending(path: UUID().uuidString, directoryHint: .isDirectory)
        defer { try? FileManager.default.removeItem(at: folder) }
        for _ in 0..<2 { try AppFolder.prepare(folder) }
        #expect(try folder.resourceValues(forKeys: [.isExcludedFromBackupKey]).isExcludedFromBackup == true)
    }

    #if !targetEnvironment(simulator)
        @Test func theFolderCanBeReadWhileThePhoneIsLocked() throws {
            let attributes = try FileManager.default.attributesOfItem(atPath: AppFolder.url.path)
            let wanted = FileProtectionType.completeUntilFirstUserAuthentication
            #expect(attributes[.protectionKey] as? FileProtectionType == wanted)
        }
    #endif

    @Test func secretsAreKeptReplacedAndForgotten() throws {
        let store = KeychainSecretStore(service: "dev.saha.app.tests.\(UUID().uuidString)")
        #expect(try store.get(name: "token") == nil)
        try store.set(name: "token", secret: "one")
        try store.set(name: "token", secret: "two")
        #expect(try store.get(name: "token") == "two")
        try store.delete(name: "token")
        try store.delete(name: "token")
        #expect(try store.get(name: "token") == nil)
    }

    @Test func theSystemMayGrantWhatTheAppAsksFor() throws {
        let permitted = Bundle.main.object(forInfoDictionaryKey: "BGTaskSchedulerPermittedIdentifiers") as? [String]
        #expect(Set(try #require(permitted)) == Set(SystemBackground.names.values))
        let now = Date.now
        for kind in SystemBackground.names.keys {
            let wish = SystemBackground.request(for: BackgroundRequest(kind: kind, earliest: now))
            #expect(wish?.identifier == SystemBackground.names[kind])
        }
        #expect(SystemBackground.request(for: BackgroundRequest(kind: .leaving, earliest: now)) == nil)
    }

    @Test func theAppSpeaksBothLanguages() throws {
        #expect(Set(Bundle.main.localizations).isSuperset(of: ["en", "tr"]))
        for language in ["en", "tr"] {
            let folder = try #require(Bundle.main.path(forResource: language, ofType: "lproj"))
            let words = try #require(Bundle(path: folder)).localizedString(forKey: "tab.today", value: nil, table: nil)
            #expect(words == (language == "tr" ? "Bugün" : "Today"))
        }
    }

    @Test func theAppStartsAndAsksWhoIsThere() async throws {
        let folder = URL.temporaryDirectory.appending(path: UUID().uuidString, directoryHint: .isDirectory)
        defer { try? FileManager.default.removeItem(at: folder) }
        let camera = SystemCamera()
        var device = Device.system(camera: camera)
        device.folder = folder
        let app = AppModel(device: device)
        await app.start()
        guard case .signIn = app.stage else {
            Issue.record("the app is at \(app.stage)")
            return
        }
        let picture = ImageRenderer(content: RootView(app: app, camera: camera).frame(width: 390, height: 844)).uiImage
        #expect(picture != nil)
    }
}
