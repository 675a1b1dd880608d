// swift-tools-version: 6.0
// Everything of the iOS app but its views. See ../README.md.

import PackageDescription

let strict: [SwiftSetting] = [
    .swiftLanguageMode(.v6),
    .enableUpcomingFeature("ExistentialAny"),
]

let package = Package(
    name: "SahaApp",
    // Observation wants these: docs/adr/0010-the-ios-app-wants-ios-17.md.
    platforms: [.iOS(.v17), .macOS(.v14)],
    products: [
        .library(name: "SahaApp", targets: ["SahaApp"])
    ],
    dependencies: [
        .package(path: "../../bindings/swift")
    ],
    targets: [
        .target(name: "SahaApp", dependencies: [.product(name: "Saha", package: "swift")], swiftSettings: strict),
        // Phones, a company's server, and what a phone has beside the core. The package's own tests have the first two.
        .target(name: "TestKit", dependencies: ["SahaApp"], path: "Tests/TestKit", swiftSettings: strict),
        // A process that a test kills.
        .executableTarget(name: "Victim", dependencies: ["TestKit"], path: "Tests/Victim", swiftSettings: strict),
        // What `cargo xtask bench ios` measures.
        .executableTarget(
            name: "TodayBench", dependencies: ["TestKit"], path: "Tests/TodayBench", swiftSettings: strict),
        .testTarget(name: "SahaAppTests", dependencies: ["TestKit", "Victim"], swiftSettings: strict),
    ]
)
