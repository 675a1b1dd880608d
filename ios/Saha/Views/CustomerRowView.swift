import SahaApp
import SwiftUI

/// A customer in the list.
struct CustomerRowView: View {
    let row: CustomersModel.Row

    var body: some View {
        VStack(alignment: .leading) {
            Text(row.customer.name).font(.headline)
            if let district = row.customer.district { Text(district).foregroundStyle(.secondary) }
            if let distanceM = row.distanceM {
                Text(
                    Measurement(value: Double(distanceM), unit: UnitLength.meters),
                    format: .measurement(width: .abbreviated, usage: .road)
                )
                .foregroundStyle(.secondary)
            }
            if let days = row.overdueDays { DueText(days: days) }
        }
        .frame(maxWidth: .infinity, minHeight: 44, alignment: .leading)
        .contentShape(.rect)
        .accessibilityElement(children: .combine)
    }
}
