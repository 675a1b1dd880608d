import Foundation
import Saha

/// A target as a screen shows it: the core's figures, written out.
public struct TargetCard: Identifiable, Sendable, Equatable {
    /// The target.
    public let id: TargetId
    /// The target in words.
    public let title: String
    /// What was reached, everything that the company may still take counted.
    public let actual: String
    /// What is wanted.
    public let wanted: String
    /// How much of it, in percent; none where nothing is wanted.
    public let progress: String?
    /// Against what was to be reached by now; none before the period's first working day.
    public let pace: String?
    /// What is left.
    public let left: String
    /// What that is a day; none where no working day is left.
    public let perDay: String?
    /// Working days that are left, today's among them.
    public let daysLeft: Int
    /// What today is to bring, and has brought; none where today is none of the period's working days.
    public let today: String?
    /// What the company has, lacks and refused, where they are not the same.
    public let parts: Parts
    /// The bar.
    public let bar: Bar

    /// What the number is made of.
    public struct Parts: Sendable, Equatable {
        /// What the company has.
        public let confirmed: String
        /// What it does not have yet; none where there is nothing.
        public let waiting: String?
        /// What it refused; none where there is nothing.
        public let refused: String?
    }

    /// The bar's parts as shares of its width.
    public struct Bar: Sendable, Equatable {
        /// What the company has.
        public let confirmed: Double
        /// What it does not have yet.
        public let waiting: Double
        /// Where one would be by now.
        public let expected: Double?

        init(_ target: TargetProgress) {
            let width = Double(max(target.targetValue, target.actual, 1))
            let share = { (value: Int64) in min(1, max(0, Double(value) / width)) }
            confirmed = share(target.confirmed)
            waiting = min(1 - confirmed, share(target.waiting))
            expected = target.expected.map(share)
        }
    }

    init(_ target: TargetProgress, _ formats: Formats) {
        let amount = { formats.amount($0, target.currency) }
        (id, title) = (target.target, target.title)
        (actual, wanted) = (amount(target.actual), amount(target.targetValue))
        progress = target.progressBp.map(formats.percent)
        pace = target.paceBp.map(formats.percent)
        left = amount(target.remaining)
        perDay = target.requiredPerDay.map(amount)
        daysLeft = Int(target.workingDaysLeft)
        today = target.todayQuota.map { "\(amount(target.todayActual)) / \(amount($0))" }
        parts = Parts(
            confirmed: amount(target.confirmed),
            waiting: target.waiting == 0 ? nil : amount(target.waiting),
            refused: target.rejected == 0 ? nil : amount(target.rejected))
        bar = Bar(target)
    }
}
