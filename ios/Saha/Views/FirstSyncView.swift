import SwiftUI

/// The first sync goes on: lists and figures are not complete.
struct FirstSyncView: View {
    let received: Int64
    let receivedBp: Int64

    var body: some View {
        VStack(alignment: .leading, spacing: 4) {
            Text("firstsync.title").font(.subheadline.bold())
            ProgressView(value: Double(receivedBp), total: 10_000)
            Text("firstsync.received \(received, format: .number)").font(.footnote).foregroundStyle(.secondary)
        }
        .padding()
        .frame(maxWidth: .infinity, alignment: .leading)
        .accessibilityElement(children: .combine)
    }
}
