import Saha
import SwiftUI

/// What is known of a customer.
struct CustomerFactsView: View {
    let customer: Customer
    let lang: Lang

    var body: some View {
        LabeledContent("customer.lifecycle", value: customer.lifecycle.text(lang: lang))
        if let code = customer.code { LabeledContent("customer.code", value: code) }
        if let phone = customer.phone { LabeledContent("customer.phone", value: phone) }
        if let address = customer.address { LabeledContent("customer.address", value: address) }
        if let note = customer.note { LabeledContent("customer.note", value: note) }
    }
}
