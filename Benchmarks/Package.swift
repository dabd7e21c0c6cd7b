// swift-tools-version: 6.2
import PackageDescription

// A package of its own, so that building Bilan builds no benchmark.
let package = Package(
  name: "bilan-benchmarks",
  platforms: [.macOS(.v26)],
  dependencies: [.package(name: "bilan", path: "..")],
  targets: [
    .executableTarget(
      name: "bilan-bench", dependencies: [.product(name: "Bilan", package: "bilan")],
      swiftSettings: [.strictMemorySafety(), .enableUpcomingFeature("ExistentialAny")])
  ]
)
