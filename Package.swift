// swift-tools-version: 6.2
import PackageDescription

/// Settings shared by every target: Swift 6 mode comes with the tools version.
let settings: [SwiftSetting] = [
  .strictMemorySafety(),
  .enableUpcomingFeature("ExistentialAny"),
  .enableExperimentalFeature("Lifetimes"),
]

/// A target that is used only where one of these traits is on: a core build needs none of their libraries.
func with(_ traits: Set<String>, _ name: String) -> Target.Dependency {
  .target(name: name, condition: .when(traits: traits))
}
func spreadsheets(_ name: String) -> Target.Dependency { with(["Spreadsheets"], name) }
func exchange(_ name: String) -> Target.Dependency { with(["Exchange"], name) }
func compression(_ name: String) -> Target.Dependency { with(["Compression"], name) }
/// Workbooks are ZIP archives, and files may be kept in one.
func archives(_ name: String) -> Target.Dependency { with(["Spreadsheets", "Compression"], name) }
func databases(_ name: String) -> Target.Dependency { with(["Databases"], name) }

func module(_ name: String, uses dependencies: [Target.Dependency] = [], exclude: [String] = []) -> Target {
  .target(name: name, dependencies: dependencies, exclude: exclude, swiftSettings: settings)
}

func tests(_ name: String, of dependencies: [Target.Dependency], exclude: [String] = []) -> Target {
  .testTarget(
    name: name, dependencies: ["BilanTestSupport"] + dependencies, exclude: exclude, swiftSettings: settings)
}

let package = Package(
  name: "bilan",
  platforms: [.macOS(.v26)],
  products: [
    .library(name: "Bilan", targets: ["Bilan"]),
    .executable(name: "bilan", targets: ["BilanCLI"]),
    .executable(name: "make-datasets", targets: ["MakeDatasets"]),
  ],
  traits: [
    .trait(
      name: "Spreadsheets", description: "Reads and writes Excel workbooks (xlsx); needs expat, minizip and zlib."),
    .trait(name: "Exchange", description: "Reads IATI XML: needs libexpat."),
    .trait(
      name: "Compression",
      description: "Reads gz, zstd, bz2, xz and zip: needs zlib, libzstd, libbz2, liblzma and minizip."),
    .trait(name: "Databases", description: "Reads SQLite databases: needs libsqlite3."),
  ],
  dependencies: [
    .package(url: "https://github.com/apple/swift-argument-parser", from: "1.8.2")
  ],
  targets: [
    .systemLibrary(name: "CEditline", providers: [.apt(["libedit-dev"])]),
    .systemLibrary(name: "CSystem"),
    .systemLibrary(name: "CExpat", providers: [.apt(["libexpat1-dev"])]),
    .systemLibrary(name: "CMinizip", providers: [.apt(["libminizip-dev"])]),
    .systemLibrary(name: "CZlib", providers: [.apt(["zlib1g-dev"])]),
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
    module(
      "BilanSpreadsheets",
      uses: [
        "BilanDiagnostics", "BilanColumnar", "BilanReaders", spreadsheets("BilanArchives"), spreadsheets("CExpat"),
      ]),
    module("BilanArchives", uses: ["BilanDiagnostics", archives("CMinizip")]),
    module("BilanWorkbooks", uses: [spreadsheets("CZlib")]),
    module(
      "BilanRenderers",
      uses: ["BilanDiagnostics", "BilanColumnar", "BilanArrow", "BilanParquet", spreadsheets("BilanWorkbooks")]),
    module(
      "BilanExchange",
      uses: ["BilanDiagnostics", "BilanColumnar", "BilanReaders", "BilanCompression", exchange("CExpat")]),
    module("BilanReaders", uses: ["BilanDiagnostics", "BilanColumnar", "BilanCompression", "CScan"]),
    module("BilanCompression", uses: [compression("CCompression")]),
    module(
      "BilanDatabases",
      uses: ["BilanDiagnostics", "BilanColumnar", "BilanReaders", databases("CSQLite")]),
    module("BilanArrow", uses: ["BilanDiagnostics", "BilanColumnar", "BilanReaders", "BilanCompression"]),
    module(
      "BilanParquet",
      uses: ["BilanDiagnostics", "BilanColumnar", "BilanReaders", "BilanCompression", "BilanArrow"]),
    module(
      "Bilan",
      uses: [
        "BilanDiagnostics", "BilanColumnar", "BilanSyntax", "BilanFunctions", "BilanPlan", "BilanEngine",
        "BilanReaders", "BilanArchives", "BilanCompression", "BilanDatabases", "BilanArrow", "BilanParquet",
        "BilanRenderers",
        spreadsheets("BilanSpreadsheets"), exchange("BilanExchange"), "CSystem",
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
    tests(
      "BilanSpreadsheetsTests",
      of: [
        "Bilan", "BilanReaders", "BilanRenderers", "BilanColumnar", "BilanDiagnostics",
        spreadsheets("BilanSpreadsheets"), spreadsheets("BilanWorkbooks"),
      ]),
    tests("BilanExchangeTests", of: ["BilanExchange", "BilanReaders"]),
    tests("BilanCompressionTests", of: ["BilanCompression", compression("CCompression")]),
    tests(
      "BilanDatabasesTests", of: ["BilanDatabases", "BilanReaders", databases("CSQLite")]),
    tests("BilanArrowTests", of: ["BilanArrow", "BilanReaders", "BilanColumnar", "BilanCompression"]),
    tests("BilanParquetTests", of: ["BilanParquet", "BilanReaders", "BilanColumnar", "BilanCompression"]),
    tests("BilanRenderersTests", of: ["BilanRenderers"]),
    tests(
      "BilanTests",
      of: [
        "Bilan", "BilanReaders", "BilanCompression", "BilanRenderers", "BilanDiagnostics", "BilanColumnar",
        databases("CSQLite"),
      ]),
    tests("BilanShellTests", of: ["BilanShell", "BilanRenderers", "BilanColumnar"]),
    tests("BilanCLITests", of: ["BilanCLI", "BilanShell", "BilanRenderers", "BilanDiagnostics"]),
    tests("GoldenTests", of: ["Bilan"], exclude: ["Cases"]),
    tests(
      "DocumentationTests",
      of: ["Bilan", "BilanShell", "BilanDiagnostics", "BilanSyntax", "BilanFunctions", "BilanPlan", "BilanRenderers"]),
    tests(
      "PropertyTests",
      of: ["Bilan", "BilanSyntax", "BilanColumnar", "BilanRenderers", "BilanReaders", "BilanParquet", "BilanEngine"]),
    .testTarget(name: "DatasetTests", dependencies: ["DatasetGenerator"], swiftSettings: settings),
  ]
)
