import Saha
import SahaApp
import SwiftUI

/// An edit that lost to someone else's.
struct OverriddenView: View {
    let model: SyncModel
    let edit: OverriddenEdit

    var body: some View {
        VStack(alignment: .leading, spacing: 8) {
            Text(edit.title).font(.headline)
            ForEach(edit.fields, id: \.field) { field in
                Text(field.name).font(.subheadline.bold())
                LabeledContent("sync.yours", value: field.yours ?? "–")
                LabeledContent("sync.theirs", value: field.theirs ?? "–")
            }
            AsyncButton {
                await model.dismiss(edit)
            } title: {
                Text("sync.dismiss")
            }.buttonStyle(.bordered)
        }
        .padding(.vertical, 4)
    }
}
