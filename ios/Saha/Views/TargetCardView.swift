import SahaApp
import SwiftUI

/// A target: where the rep stands, at which pace, and what is left.
struct TargetCardView: View {
    let card: TargetCard

    var body: some View {
        VStack(alignment: .leading, spacing: 6) {
            Text(card.title).font(.headline)
            ViewThatFits(in: .horizontal) {
                HStack(alignment: .firstTextBaseline) {
                    numbers; Spacer(); share
                }
                VStack(alignment: .leading) {
                    numbers; share
                }
            }
            BarView(bar: card.bar)
            VStack(alignment: .leading) {
                if let today = card.today { Text("targets.today \(today)") }
                Text("targets.left \(card.left)")
                if let perDay = card.perDay { Text("targets.perday \(perDay) \(card.daysLeft)") }
                if let pace = card.pace { Text("targets.pace \(pace)") }
            }
            .font(.subheadline)
            .foregroundStyle(.secondary)
        }
        .accessibilityElement(children: .combine)
    }

    private var numbers: some View {
        Text("targets.of \(card.actual) \(card.wanted)").font(.title3.monospacedDigit())
    }

    @ViewBuilder private var share: some View {
        if let progress = card.progress { Text(progress).font(.title3.monospacedDigit().bold()) }
    }
}
