import Foundation
import SahaBindings

/// Questions about targets, where the rep stands and what is left: `saha.targets`.
public struct Targets: Sendable {
    let door: Door<TargetsHandle>

    /// Progress towards each of the rep's active targets, in the period that holds now: by metric, then day, week, month.
    /// Computed from what is on the device, so it counts what the company does not have yet, and says how much that is.
    ///
    /// ```swift
    /// for target in try await saha.targets.progress() {
    ///     print(target.metric, target.actual, "of", target.targetValue)
    /// }
    /// ```
    public func progress() async throws(SahaError) -> [TargetProgress] {
        try await door.local { try $0.progress() }
    }

    /// As ``progress()``, in the period that holds the given instant: last month's, say.
    public func progress(at instant: Date) async throws(SahaError) -> [TargetProgress] {
        let asOfMs = instant.unixMs
        return try await door.local { try $0.progressAt(asOfMs: asOfMs) }
    }

    /// The records that the progress of a target rests on, in the period that holds now, newest first. Their values add up to its
    /// `confirmed`, `waiting` and `rejected`, by their states. At most 200 a page.
    public func records(
        behind target: TargetId, limit: Int = 200, offset: Int = 0
    ) async throws(SahaError) -> [TargetRecord] {
        try await door.local { try $0.records(target: target, limit: Int64(limit), offset: Int64(offset)) }
    }

    /// As ``records(behind:limit:offset:)``, in the period that holds the given instant.
    public func records(
        behind target: TargetId, at instant: Date, limit: Int = 200, offset: Int = 0
    ) async throws(SahaError) -> [TargetRecord] {
        let asOfMs = instant.unixMs
        return try await door.local {
            try $0.recordsAt(target: target, asOfMs: asOfMs, limit: Int64(limit), offset: Int64(offset))
        }
    }
}
