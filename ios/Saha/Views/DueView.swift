import Saha
import SahaApp
import SwiftUI

/// Somebody who is due and no stop of today.
struct DueView: View {
    let due: DueCustomer
    let model: TodayModel

    var body: some View {
        VisitRowView(name: due.customer.name, detail: DueText(days: Int(due.overdueDays)), canBegin: true) {
            model.open(due.customer.id)
        } checkIn: {
            await model.checkIn(at: due.customer.id)
        }
    }
}
