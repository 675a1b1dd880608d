import SwiftUI

/// Somebody to visit: who it is, and one button to begin.
struct VisitRowView<Detail: View>: View {
    let name: String
    let detail: Detail
    let canBegin: Bool
    let open: () -> Void
    let checkIn: () async -> Void

    var body: some View {
        ViewThatFits(in: .horizontal) {
            HStack {
                words
                Spacer()
                button
            }
            VStack(alignment: .leading) {
                words
                button
            }
        }
    }

    private var words: some View {
        Button(action: open) {
            VStack(alignment: .leading) {
                Text(name).font(.headline)
                detail.font(.subheadline).foregroundStyle(.secondary)
            }
            .frame(minHeight: 44)
            .contentShape(.rect)
        }
        .buttonStyle(.plain)
    }

    @ViewBuilder private var button: some View {
        if canBegin {
            AsyncButton(action: checkIn) {
                Label("visit.checkin", systemImage: "mappin.and.ellipse").frame(minHeight: 44)
            }
            .buttonStyle(.bordered)
            .accessibilityLabel("visit.checkin.at \(name)")
        }
    }
}
