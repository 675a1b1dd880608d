// swift-tools-version: 6.0
// The core of Saha for Swift. See README.md.

import Foundation
import PackageDescription

// An app links the library for devices and simulators, which `cargo xtask package ios` puts here. Where there is none, as in
// the repository itself, the linker finds `libsaha_core` by LIBRARY_PATH.
let framework = "SahaFFI.xcframework"
let hasFramework = FileManager.default.fileExists(atPath: "\(Context.packageDirectory)/\(framework)")

let strict: [SwiftSetting] = [
    .swiftLanguageMode(.v6),
    .enableUpcomingFeature("ExistentialAny"),
]

let package = Package(
    name: "Saha",
    platforms: [.iOS(.v16), .macOS(.v13)],
    products: [
        .library(name: "Saha", targets: ["Saha"])
    ],
    targets: [
        hasFramework
            ? .binaryTarget(name: "SahaFFI", path: framework)
            : .systemLibrary(name: "SahaFFI"),
        // Generated code is of an older mode, and stays away from ours.
        .target(
            name: "SahaBindings", dependencies: ["SahaFFI"], swiftSettings: [.swiftLanguageMode(.v5)]),
        .target(name: "Saha", dependencies: ["SahaBindings"], swiftSettings: strict),
        .executableTarget(name: "SahaSample", dependencies: ["Saha"], swiftSettings: strict),
        .executableTarget(name: "SahaBench", dependencies: ["Saha"], swiftSettings: strict),
        .testTarget(name: "SahaTests", dependencies: ["Saha", "SahaSample"], swiftSettings: strict),
    ]
)
