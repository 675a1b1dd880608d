//! What only Android asks for: the system checks certificates there, and is reached through the app's own `Context`.

use jni::EnvUnowned;
use jni::errors::ThrowRuntimeExAndDefault;
use jni::objects::{JClass, JObject};

/// `SahaAndroid.startVerifier` of `bindings/android`: keeps the app's context for the check of certificates. A second call
/// does nothing. Where the check can't be set up, the app gets a `RuntimeException`.
#[expect(unsafe_code, reason = "Java finds a native method by its name, which must not be mangled")]
#[unsafe(no_mangle)]
pub extern "system" fn Java_dev_saha_android_SahaAndroid_startVerifier<'local>(
    mut env: EnvUnowned<'local>,
    _class: JClass<'local>,
    context: JObject<'local>,
) {
    env.with_env(|env| rustls_platform_verifier::android::init_with_env(env, context))
        .resolve::<ThrowRuntimeExAndDefault>();
}
