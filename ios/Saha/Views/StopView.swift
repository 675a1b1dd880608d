import Saha
import SahaApp
import SwiftUI

/// A stop of the day.
struct StopView: View {
    let stop: Stop
    let model: TodayModel
    let lang: Lang

    var body: some View {
        VisitRowView(
            name: stop.customer.name, detail: Text(stop.state.text(lang: lang)), canBegin: stop.state == .planned
        ) {
            model.open(stop)
        } checkIn: {
            await model.checkIn(at: stop.customer.id)
        }
        .swipeActions {
            AsyncButton(role: .destructive) {
                await model.remove(stop)
            } title: {
                Text("today.remove")
            }
        }
    }
}
