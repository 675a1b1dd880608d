import Foundation
import SahaBindings

#if canImport(Security)
    import Security

    /// Keeps the tokens in the keychain of the device: readable after the first unlock, so that a sync in the background works,
    /// and on this device only, so that they never travel in a backup.
    public final class KeychainSecretStore: SecretStore {
        private let service: String

        /// - Parameter service: Under which the entries stand; the app's bundle identifier is a good one.
        public init(service: String = Bundle.main.bundleIdentifier ?? "dev.saha") {
            self.service = service
        }

        /// The secret, if there is one.
        public func get(name: String) throws -> String? {
            var query = entry(name)
            query[kSecReturnData] = true
            var found: CFTypeRef?
            let status = SecItemCopyMatching(query as CFDictionary, &found)
            if status == errSecItemNotFound { return nil }
            try check(status)
            return (found as? Data).flatMap { String(data: $0, encoding: .utf8) }
        }

        /// Keeps a secret, in place of an older one of that name.
        public func set(name: String, secret: String) throws {
            let value: [CFString: Any] = [
                kSecValueData: Data(secret.utf8),
                kSecAttrAccessible: kSecAttrAccessibleAfterFirstUnlockThisDeviceOnly,
            ]
            let status = SecItemUpdate(entry(name) as CFDictionary, value as CFDictionary)
            guard status == errSecItemNotFound else { return try check(status) }
            try check(SecItemAdd(entry(name).merging(value) { $1 } as CFDictionary, nil))
        }

        /// Forgets a secret; it is no error where there is none.
        public func delete(name: String) throws {
            let status = SecItemDelete(entry(name) as CFDictionary)
            if status != errSecItemNotFound { try check(status) }
        }

        private func entry(_ name: String) -> [CFString: Any] {
            [kSecClass: kSecClassGenericPassword, kSecAttrService: service, kSecAttrAccount: name]
        }

        /// Before the first unlock after a restart nothing can be read: what needs a secret is put off.
        private func check(_ status: OSStatus) throws {
            switch status {
            case errSecSuccess: return
            case errSecInteractionNotAllowed: throw SahaError.StorageLocked
            default: throw SahaError.StorageFailed(reason: "keychain: \(status)")
            }
        }
    }
#endif

/// Keeps the tokens in memory: for tests and previews. Whoever opens the same folder with another one is taken for a copied
/// database on another phone, and has to sign in anew.
public final class MemorySecretStore: SecretStore {
    private let secrets = Guarded([String: String]())

    /// Empty.
    public init() {}

    /// The secret, if there is one.
    public func get(name: String) -> String? {
        secrets.withLock { $0[name] }
    }

    /// Keeps a secret, in place of an older one of that name.
    public func set(name: String, secret: String) {
        secrets.withLock { $0[name] = secret }
    }

    /// Forgets a secret; it is no error where there is none.
    public func delete(name: String) {
        secrets.withLock { _ = $0.removeValue(forKey: name) }
    }
}
