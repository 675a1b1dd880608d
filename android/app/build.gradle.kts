plugins {
    alias(libs.plugins.android.application)
    alias(libs.plugins.kotlin.compose)
    alias(libs.plugins.kotlin.serialization)
}

// What `cargo xtask bindings` and `cargo build -p saha` leave for the tests.
val repository = rootDir.resolve("..")
val built = repository.resolve("target/debug")

android {
    namespace = "dev.saha.app"
    compileSdk = 37

    defaultConfig {
        applicationId = "dev.saha.app"
        minSdk = 26
        targetSdk = 36
        versionCode = 1
        versionName = libs.versions.saha.get()
        testInstrumentationRunner = "androidx.test.runner.AndroidJUnitRunner"
    }

    buildTypes {
        release {
            isMinifyEnabled = true
            isShrinkResources = true
            proguardFiles(getDefaultProguardFile("proguard-android-optimize.txt"))
        }
    }

    androidResources {
        localeFilters += listOf("en", "tr")
    }

    buildFeatures {
        compose = true
    }

    compileOptions {
        sourceCompatibility = JavaVersion.VERSION_17
        targetCompatibility = JavaVersion.VERSION_17
    }

    testOptions {
        unitTests {
            isIncludeAndroidResources = true
            all { test ->
                // As `cargo xtask android` has them.
                test.systemProperty("robolectric.graphicsMode", "NATIVE")
                test.systemProperty("jna.library.path", built.path)
                test.systemProperty("saha.server", built.resolve("saha").path)
                test.systemProperty("saha.repository", repository.canonicalPath)
                test.systemProperty("saha.target", repository.resolve("target/android").path)
            }
        }
    }

    lint {
        abortOnError = true
        warningsAsErrors = true
        // Versions are raised on purpose, and not because a day has passed.
        disable += setOf("AndroidGradlePluginVersion", "GradleDependency", "NewerVersionAvailable", "OldTargetApi")
    }
}

kotlin {
    compilerOptions {
        allWarningsAsErrors = true
    }
}

dependencies {
    implementation(libs.saha)
    implementation(libs.bundles.app)
    testImplementation(libs.bundles.test)
    androidTestImplementation(libs.bundles.phone)
}
