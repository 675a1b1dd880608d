import SahaApp
import SwiftUI

/// A screen that was opened from another.
struct RouteView: View {
    let session: Session
    let route: Navigation.Route

    var body: some View {
        switch route {
        case .customer(let id): CustomerView(session: session, id: id)
        case .form(let id): CustomerFormView(session: session, id: id)
        case .visit(let id): VisitView(session: session, id: id)
        case .call(let customer): CallView(session: session, customer: customer)
        case .logged(let call): LoggedCallView(session: session, call: call)
        case .stop(let item): StopFormView(session: session, item: item)
        case .sale(let customer, let visit): SaleView(session: session, customer: customer, visit: visit)
        case .made(let sale): MadeSaleView(session: session, sale: sale)
        case .target(let id): TargetView(session: session, id: id)
        }
    }
}
