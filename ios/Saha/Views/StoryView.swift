import Saha
import SahaApp
import SwiftUI

/// Something that happened with a customer.
struct StoryView: View {
    let entry: StoryEntry
    let lang: Lang

    var body: some View {
        VStack(alignment: .leading) {
            Text(entry.title).font(.headline)
            Text(entry.at.date, format: .dateTime.day().month().year().hour().minute()).foregroundStyle(.secondary)
            StandingView(state: entry.state, words: entry.state.text(lang: lang))
        }
        .frame(maxWidth: .infinity, minHeight: 44, alignment: .leading)
        .contentShape(.rect)
        .accessibilityElement(children: .combine)
    }
}
