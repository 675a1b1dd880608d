import SahaApp
import SwiftUI

/// The password once more.
struct SignInAgainView: View {
    @Bindable var model: SignInAgainModel
    @Environment(\.dismiss) private var dismiss

    var body: some View {
        NavigationStack {
            Form {
                SecureField("signin.password", text: $model.password).textContentType(.password)
                AsyncButton {
                    await model.signIn()
                    // It is cleared when the company took it.
                    if model.password.isEmpty { dismiss() }
                } title: {
                    Text("signin.button")
                }
                .disabled(model.password.isEmpty || model.trouble.isBusy)
            }
            .navigationTitle("notice.signin")
            .toolbar { Button("trouble.cancel") { dismiss() } }
        }
        .presentationDetents([.medium])
        .tells(model.trouble)
    }
}
