import Foundation

/// Where the app keeps everything.
enum AppFolder {
    /// The folder below Application Support, made as it has to be. Not in an app group: the system kills a suspended app that
    /// holds a lock on a file there.
    static let url: URL = {
        let folder = URL.applicationSupportDirectory.appending(path: "saha", directoryHint: .isDirectory)
        try? prepare(folder)
        return folder
    }()

    /// Makes the folder: readable after the first unlock, so that a sync in the background works while the phone is locked, and out
    /// of the backup, so that the database never arrives on another phone.
    static func prepare(_ folder: URL) throws {
        let protection = [FileAttributeKey.protectionKey: FileProtectionType.completeUntilFirstUserAuthentication]
        try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true, attributes: protection)
        // One that was there already, too.
        try FileManager.default.setAttributes(protection, ofItemAtPath: folder.path)
        var values = URLResourceValues()
        values.isExcludedFromBackup = true
        var excluded = folder
        try excluded.setResourceValues(values)
    }
}
