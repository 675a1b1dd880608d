import SahaApp
import SwiftUI

/// Who is there?
struct SignInView: View {
    @Bindable var model: SignInModel

    var body: some View {
        NavigationStack {
            Form {
                if let reason = model.reason {
                    Section { Text(reason).foregroundStyle(.red) }
                }
                Section {
                    TextField("signin.server", text: $model.server)
                        .textContentType(.URL).keyboardType(.URL)
                    TextField("signin.login", text: $model.login)
                        .textContentType(.username)
                    SecureField("signin.password", text: $model.password)
                        .textContentType(.password)
                        .onSubmit { Task { await model.signIn() } }
                }
                .textInputAutocapitalization(.never)
                .autocorrectionDisabled()
                if model.known.count > 1 {
                    Section("signin.known") {
                        ForEach(model.known, id: \.self) { login in
                            Button(login) { model.login = login }
                        }
                    }
                }
            }
            .navigationTitle("signin.title")
            .disabled(model.trouble.isBusy)
            .safeAreaInset(edge: .bottom) {
                AsyncButton(action: model.signIn) {
                    if model.trouble.isBusy { ProgressView() } else { Text("signin.button") }
                }
                .buttonStyle(BottomButtonStyle())
                .disabled(!model.canSignIn)
            }
        }
        .tells(model.trouble)
    }
}
