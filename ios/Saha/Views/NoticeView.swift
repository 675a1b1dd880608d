import SahaApp
import SwiftUI

/// What holds for every screen: that not everything has come yet, and that the company wants the password again.
struct NoticeView: View {
    let session: Session
    @State private var isSigningIn = false

    var body: some View {
        VStack(spacing: 0) {
            if let status = session.status, !status.isComplete {
                FirstSyncView(received: status.received, receivedBp: status.receivedBp)
            }
            if session.needsSignIn {
                Button("notice.signin") { isSigningIn = true }
                    .frame(maxWidth: .infinity, minHeight: 44)
                    .background(.orange.opacity(0.2))
            }
        }
        .background(.bar)
        .sheet(isPresented: $isSigningIn) { SignInAgainView(model: session.signInAgain) }
    }
}
