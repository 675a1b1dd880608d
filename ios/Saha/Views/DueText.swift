import SwiftUI

/// For how long somebody has been due.
struct DueText: View {
    let days: Int

    var body: some View {
        if days > 0 {
            Text("customers.overdue \(days)").foregroundStyle(.orange)
        } else {
            Text("customers.duetoday").foregroundStyle(.secondary)
        }
    }
}
