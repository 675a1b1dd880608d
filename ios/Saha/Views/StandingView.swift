import Saha
import SwiftUI

/// Whether the company has a record, by a sign and in words: colours alone say nothing to many.
struct StandingView: View {
    let state: RecordState
    let words: String

    var body: some View {
        switch state {
        case .confirmed: Label(words, systemImage: "checkmark.circle").foregroundStyle(.secondary)
        case .waiting: Label(words, systemImage: "clock").foregroundStyle(.orange)
        case .refused: Label(words, systemImage: "exclamationmark.triangle").foregroundStyle(.red)
        }
    }
}
