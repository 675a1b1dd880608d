import Saha
import SahaApp
import SwiftUI

/// A change that the company refused, why, and what can be done about it.
struct RefusedView: View {
    let model: SyncModel
    let entry: OutboxEntry

    var body: some View {
        VStack(alignment: .leading, spacing: 8) {
            Text(entry.title).font(.headline)
            if let reason = entry.reason { Text(reason) }
            Text(model.moment(entry)).font(.footnote).foregroundStyle(.secondary)
            ViewThatFits(in: .horizontal) {
                HStack { buttons }
                VStack(alignment: .leading) { buttons }
            }
            .buttonStyle(.bordered)
        }
        .padding(.vertical, 4)
    }

    @ViewBuilder private var buttons: some View {
        if model.canFix(entry) {
            Button("sync.fix") { model.fix(entry) }
        }
        if model.canUseExisting(entry) {
            AsyncButton {
                await model.useExisting(entry)
            } title: {
                Text("sync.existing")
            }
        }
        AsyncButton {
            await model.resend(entry)
        } title: {
            Text("sync.resend")
        }
        AsyncButton(role: .destructive) {
            await model.withdraw(entry)
        } title: {
            Text("sync.withdraw")
        }
    }
}
