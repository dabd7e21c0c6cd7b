import Foundation
import Testing

/// The parts of a Data Package that these tests look at.
struct DataPackage: Decodable {
  let resources: [Resource]

  struct Resource: Decodable {
    let name, path, title, description, encoding: String
    let dialect: Dialect?
    let schema: Schema
    let bilan: Origin

    var csv: CSV {
      get throws {
        try CSV(
          path, delimiter: Character(dialect?.delimiter ?? ","),
          encoding: encoding == "windows-1252" ? .windowsCP1252 : .utf8)
      }
    }
  }

  struct Dialect: Decodable { let delimiter: String }
  struct Origin: Decodable { let origin: String }

  struct Schema: Decodable {
    let fields: [Field]
    let missingValues: [String]
  }

  struct Field: Decodable {
    let name, type, title, description: String
    let constraints: Constraints?
    let bilan: Extras?
  }

  struct Constraints: Decodable {
    let required, unique: Bool?
    let `enum`: [String]?
    let pattern: String?
  }

  struct Extras: Decodable {
    let type: String?
    let sensitive: Bool?
    let aliases: [String]?
  }

  static func shipped() throws -> DataPackage {
    try JSONDecoder().decode(DataPackage.self, from: CSV.bytes(of: "datapackage.json"))
  }
}

@Suite("The descriptor")
struct DescriptorTests {
  let package: DataPackage

  init() throws { package = try DataPackage.shipped() }

  @Test("describes every file, and no other")
  func describesEveryFile() throws {
    let files = try FileManager.default.contentsOfDirectory(atPath: CSV.directory.path()).filter {
      $0.hasSuffix(".csv")
    }
    #expect(Set(package.resources.map(\.path)) == Set(files))
    #expect(package.resources.count == files.count)
  }

  @Test("agrees with the README on how many rows there are")
  func readmeCountsRows() throws {
    let readme = try #require(String(data: try CSV.bytes(of: "README.md"), encoding: .utf8))
    for resource in package.resources {
      let count = try resource.csv.rows.count
      let written = count < 1_000 ? "\(count)" : "\(count / 1_000)," + "\(1_000 + count % 1_000)".dropFirst()
      #expect(readme.contains("| `\(resource.path)` | \(written) |"), "\(resource.name)")
    }
    let conflicts = try CSV("published.csv").rows.filter { $0["conflict"] == "true" }
    let groups = Set(conflicts.map { $0["conflict_group"] })
    #expect(readme.contains("\(conflicts.count) figures are in conflict, in \(groups.count) groups."))
  }

  @Test("names the columns as the files do, in their order")
  func namesMatchHeaders() throws {
    for resource in package.resources {
      #expect(try resource.csv.header == resource.schema.fields.map(\.name), "\(resource.name)")
    }
  }

  @Test("says first where the data come from")
  func originComesFirst() {
    for resource in package.resources {
      let opening = resource.bilan.origin == "synthetic" ? "Synthetic: " : "Published facts: "
      #expect(["synthetic", "published"].contains(resource.bilan.origin))
      #expect(resource.description.hasPrefix(opening), "\(resource.name)")
    }
  }

  @Test("has a title and a description for every column")
  func describesEveryColumn() {
    for field in package.resources.flatMap(\.schema.fields) {
      #expect(!field.title.isEmpty && !field.description.isEmpty, "\(field.name)")
    }
  }

  @Test("tells the truth about required, unique, listed and patterned values")
  func constraintsHold() throws {
    for resource in package.resources {
      let rows = try resource.csv.rows
      for field in resource.schema.fields {
        let values = rows.map { $0[field.name]! }.filter { !resource.schema.missingValues.contains($0) }
        let place = "\(resource.name).\(field.name)"
        if field.constraints?.required == true { #expect(values.count == rows.count, "\(place)") }
        if field.constraints?.unique == true { #expect(Set(values).count == values.count, "\(place)") }
        if let allowed = field.constraints?.enum { #expect(Set(values).subtracting(allowed).isEmpty, "\(place)") }
        if let pattern = field.constraints?.pattern {
          let regex = try Regex(pattern)
          #expect(values.allSatisfy { $0.wholeMatch(of: regex) != nil }, "\(place)")
        }
      }
    }
  }

  @Test("marks what identifies a person, and what is a period")
  func marksSensitiveColumns() {
    func marked(_ holds: (DataPackage.Extras) -> Bool) -> Set<String> {
      Set(
        package.resources.flatMap { resource in
          resource.schema.fields.filter { $0.bilan.map(holds) ?? false }.map { "\(resource.name).\($0.name)" }
        })
    }
    #expect(
      marked { $0.sensitive == true } == [
        "beneficiaries.id", "enterprises.Fondatrice ou fondateur", "survey.person",
      ])
    #expect(marked { $0.type == "period" } == ["results.period", "meetings.month"])
  }
}
