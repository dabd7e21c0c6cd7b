// swift-tools-version: 6.2
import PackageDescription

/// Settings shared by every target: Swift 6 mode comes with the tools version.
let settings: [SwiftSetting] = [
  .strictMemorySafety(),
  .enableUpcomingFeature("ExistentialAny"),
  .enableExperimentalFeature("Lifetimes"),
]

func module(_ name: String, uses dependencies: [Target.Dependency] = [], exclude: [String] = []) -> Target {
  .target(name: name, dependencies: dependencies, exclude: exclude, swiftSettings: settings)
}

func tests(_ name: String, of dependencies: [Target.Dependency], exclude: [String] = []) -> Target {
  .testTarget(
    name: name, dependencies: ["BilanTestSupport"] + dependencies, exclude: exclude, swiftSettings: settings)
}

// Each is on where its trait is: then the core needs no more than libedit.
let compression: TargetDependencyCondition? = .when(traits: ["Compression"])
let databases: TargetDependencyCondition? = .when(traits: ["Databases"])

let package = Package(
  name: "bilan",
  platforms: [.macOS(.v26)],
  products: [
    .library(name: "Bilan", targets: ["Bilan"]),
    .executable(name: "bilan", targets: ["BilanCLI"]),
    .executable(name: "make-datasets", targets: ["MakeDatasets"]),
  ],
  traits: [
    .trait(name: "Compression", description: "Reads gz, zstd, bz2 and xz: needs zlib, libzstd, libbz2 and liblzma."),
    .trait(name: "Databases", description: "Reads SQLite databases: needs libsqlite3."),
  ],
  dependencies: [
    .package(url: "https://github.com/apple/swift-argument-parser", from: "1.8.2")
  ],
  targets: [
    .systemLibrary(name: "CEditline", providers: [.apt(["libedit-dev"])]),
    .systemLibrary(name: "CSystem"),
    .systemLibrary(
      name: "CCompression", providers: [.apt(["zlib1g-dev", "libzstd-dev", "libbz2-dev", "liblzma-dev"])]),
    .systemLibrary(name: "CSQLite", providers: [.apt(["libsqlite3-dev"])]),
    .target(name: "CScan"),
    module("BilanDiagnostics"),
    module("BilanColumnar"),
    module("BilanStatistics"),
    module("BilanSyntax", uses: ["BilanDiagnostics"]),
    module("BilanFunctions", uses: ["BilanDiagnostics", "BilanColumnar", "BilanStatistics"]),
    module("BilanPlan", uses: ["BilanDiagnostics", "BilanColumnar", "BilanSyntax", "BilanFunctions"]),
    module("BilanEngine", uses: ["BilanDiagnostics", "BilanColumnar", "BilanFunctions", "BilanPlan"]),
    module("BilanReaders", uses: ["BilanDiagnostics", "BilanColumnar", "BilanCompression", "CScan"]),
    module("BilanCompression", uses: [.target(name: "CCompression", condition: compression)]),
    module(
      "BilanDatabases",
      uses: ["BilanDiagnostics", "BilanColumnar", "BilanReaders", .target(name: "CSQLite", condition: databases)]),
    module("BilanArrow", uses: ["BilanDiagnostics", "BilanColumnar", "BilanReaders", "BilanCompression"]),
    module("BilanParquet", uses: ["BilanDiagnostics", "BilanColumnar", "BilanReaders", "BilanCompression"]),
    module("BilanRenderers", uses: ["BilanDiagnostics", "BilanColumnar"]),
    module(
      "Bilan",
      uses: [
        "BilanDiagnostics", "BilanColumnar", "BilanSyntax", "BilanFunctions", "BilanPlan", "BilanEngine",
        "BilanReaders", "BilanCompression", "BilanDatabases", "BilanArrow", "BilanParquet", "BilanRenderers", "CSystem",
      ]),
    module(
      "BilanShell",
      uses: [
        "Bilan", "BilanDiagnostics", "BilanColumnar", "BilanSyntax", "BilanFunctions", "BilanEngine", "BilanRenderers",
        "CEditline",
      ]),
    .executableTarget(
      name: "BilanCLI",
      dependencies: [
        "Bilan", "BilanShell", "BilanDiagnostics", "BilanColumnar", "BilanSyntax", "BilanRenderers",
        .product(name: "ArgumentParser", package: "swift-argument-parser"),
      ],
      swiftSettings: settings),
    module("DatasetGenerator"),
    .executableTarget(name: "MakeDatasets", dependencies: ["DatasetGenerator"], swiftSettings: settings),

    .target(
      name: "BilanTestSupport",
      dependencies: [
        "Bilan", "BilanColumnar", "BilanSyntax", "BilanPlan", "BilanFunctions", "BilanDiagnostics", "BilanRenderers",
        "BilanShell",
      ],
      path: "Tests/BilanTestSupport", swiftSettings: settings),
    tests("BilanDiagnosticsTests", of: ["BilanDiagnostics"]),
    tests("BilanColumnarTests", of: ["BilanColumnar"]),
    tests("BilanSyntaxTests", of: ["BilanSyntax"]),
    tests("BilanFunctionsTests", of: ["BilanFunctions"]),
    tests("BilanPlanTests", of: ["BilanPlan"]),
    tests("BilanEngineTests", of: ["BilanEngine"]),
    tests("BilanReadersTests", of: ["BilanReaders", "CScan"]),
    tests("BilanCompressionTests", of: ["BilanCompression", .target(name: "CCompression", condition: compression)]),
    tests(
      "BilanDatabasesTests", of: ["BilanDatabases", "BilanReaders", .target(name: "CSQLite", condition: databases)]),
    tests("BilanArrowTests", of: ["BilanArrow", "BilanReaders", "BilanColumnar", "BilanCompression"]),
    tests("BilanParquetTests", of: ["BilanParquet", "BilanReaders", "BilanColumnar", "BilanCompression"]),
    tests("BilanRenderersTests", of: ["BilanRenderers"]),
    tests("BilanTests", of: ["Bilan", "BilanCompression", "BilanRenderers", "BilanDiagnostics"]),
    tests("BilanShellTests", of: ["BilanShell", "BilanRenderers", "BilanColumnar"]),
    tests("BilanCLITests", of: ["BilanCLI", "BilanShell", "BilanRenderers", "BilanDiagnostics"]),
    tests("GoldenTests", of: ["Bilan"], exclude: ["Cases"]),
    tests(
      "DocumentationTests",
      of: ["Bilan", "BilanShell", "BilanDiagnostics", "BilanSyntax", "BilanFunctions", "BilanPlan", "BilanRenderers"]),
    tests("PropertyTests", of: ["Bilan", "BilanSyntax", "BilanColumnar", "BilanRenderers", "BilanReaders"]),
    .testTarget(name: "DatasetTests", dependencies: ["DatasetGenerator"], swiftSettings: settings),
  ]
)
