import SahaApp
import SwiftUI

/// A record that a target's number rests on.
struct TargetRecordView: View {
    let row: TargetModel.Row

    var body: some View {
        VStack(alignment: .leading) {
            LabeledContent(row.title, value: row.value).font(.headline)
            Text(row.summary)
            Text(row.at).foregroundStyle(.secondary)
            StandingView(state: row.state, words: row.standing)
        }
        .frame(minHeight: 44)
        .contentShape(.rect)
        .accessibilityElement(children: .combine)
    }
}
