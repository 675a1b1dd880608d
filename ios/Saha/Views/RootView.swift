import SahaApp
import SwiftUI

/// Whatever is in front: the start, the sign-in, or the session.
struct RootView: View {
    let app: AppModel
    let camera: SystemCamera

    var body: some View {
        Group {
            switch app.stage {
            case .opening: ProgressView("root.opening")
            case .signIn(let model): SignInView(model: model)
            case .session(let session): MainView(session: session)
            case .failed(let sentence): FailedView(sentence: sentence) { await app.start() }
            }
        }
        .task { await app.start() }
        .fullScreenCover(isPresented: isPictured) {
            if let source = camera.asked {
                PictureView(source: source) { camera.finish($0) }.ignoresSafeArea()
            }
        }
    }

    private var isPictured: Binding<Bool> {
        Binding(get: { camera.asked != nil }, set: { if !$0 { camera.finish(nil) } })
    }
}
