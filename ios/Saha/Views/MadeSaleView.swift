import Saha
import SahaApp
import SwiftUI

/// A sale that was made.
struct MadeSaleView: View {
    @State private var model: MadeSaleModel
    @State private var isCancelling = false

    init(session: Session, sale: SaleId) {
        _model = State(initialValue: session.made(sale))
    }

    var body: some View {
        List {
            Section {
                LabeledContent("made.customer", value: model.name)
                LabeledContent("made.state", value: model.state)
                LabeledContent("made.net", value: model.net)
                LabeledContent("made.tax", value: model.tax)
            }
            Section("sale.lines") {
                ForEach(model.lines) { line in
                    MadeLineView(line: line, canEdit: model.isConfirmed) {
                        await model.set($0, of: line.id)
                    } setPrice: {
                        await model.set(price: $0, of: line.id)
                    }
                    .swipeActions {
                        if model.isConfirmed {
                            AsyncButton(role: .destructive) {
                                await model.remove(line.id)
                            } title: {
                                Text("made.remove")
                            }
                        }
                    }
                }
            }
            if model.isConfirmed {
                Button("made.cancel", role: .destructive) { isCancelling = true }
            }
        }
        .navigationTitle(model.sale?.number ?? "")
        .navigationBarTitleDisplayMode(.inline)
        .confirmationDialog("made.cancel.sure", isPresented: $isCancelling, titleVisibility: .visible) {
            AsyncButton(role: .destructive, action: model.cancel) { Text("made.cancel") }
        }
        .disabled(model.trouble.isBusy)
        .task { await model.run() }
        .tells(model.trouble)
    }
}
