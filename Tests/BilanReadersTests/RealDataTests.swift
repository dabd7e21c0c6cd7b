import BilanColumnar
import BilanDiagnostics
import BilanTestSupport
import Foundation
import Testing

@testable import BilanReaders

/// Files as people publish them, where they are at hand; their true figures were computed by other tools.
@Suite(.enabled(if: RealData.isPresent, "no real data beside the package"))
struct RealDataTests {
  private func table(_ path: String) throws -> FileTable {
    try DelimitedReader.open(path: RealData.directory + "/" + path)
  }

  private func sum(_ values: [Value]) -> Double {
    values.reduce(0) { total, value in
      switch value {
      case .integer(let number): total + Double(number)
      case .real(let number): total + number
      default: total
      }
    }
  }

  @Test func everyFileIsReadOrRefused() throws {
    #expect(RealData.files(".csv", ".tsv", ".txt").count > 100)
    var outcomes: [String: Int] = [:]
    for file in RealData.files(".csv", ".tsv", ".txt") {
      do {
        let table = try table(file)
        try table.settle()
        let chunks = try table.read(columns: Array(0..<table.schema.count)) { false }
        #expect(chunks.reduce(0) { $0 + $1.count } == table.rowCount, "\(file)")
        #expect(Set(table.schema.fields.map(\.handle)).count == table.schema.count, "\(file)")
        outcomes["read", default: 0] += 1
      } catch let error as QueryError {
        #expect(error.kind == .data)
        outcomes[error.diagnostics.first?.code.rawValue ?? "no diagnostic", default: 0] += 1
      }
      if ProcessInfo.processInfo.environment["BILAN_REAL_VERBOSE"] != nil { describe(file) }
    }
    #expect(outcomes["no diagnostic"] == nil)
    #expect(outcomes["read", default: 0] * 10 > RealData.files(".csv", ".tsv", ".txt").count * 9, "\(outcomes)")
  }

  /// Prints what was decided, for people who work on inference.
  private func describe(_ file: String) {
    do {
      let table = try table(file)
      let columns = table.report.columns.prefix(12).map { "\($0.label):\($0.type.name)" }.joined(separator: " ")
      print(
        "\(file) rows \(table.rowCount ?? 0) \(table.report.dialect.delimiterName.english) \(table.report.encoding.rawValue) \(table.report.hasHeader ? "header" : "no header") | \(columns)"
      )
      for note in table.report.notes.prefix(4) { print("    \(note.code.rawValue) \(note.message.english)") }
    } catch let error as QueryError {
      print("\(file) REFUSED \(error.diagnostics[0].message.english)")
    } catch {}
  }

  @Test func everyDescriptorIsReadOrRefused() throws {
    let all = FileManager.default.enumerator(atPath: RealData.directory)?.compactMap { $0 as? String } ?? []
    let descriptors = all.filter { $0.hasSuffix(".json") && $0.contains("package") }.sorted()
    var read = 0
    for file in descriptors {
      do throws(QueryError) {
        read += try DataPackage.load(path: RealData.directory + "/" + file).resources.isEmpty ? 0 : 1
      } catch {
        if ProcessInfo.processInfo.environment["BILAN_REAL_VERBOSE"] != nil {
          print("\(file) REFUSED \(error.diagnostics[0].message.english)")
        }
        #expect([.invalidDescriptor, .fileNotFound].contains(error.diagnostics[0].code), "\(file)")
      }
    }
    #expect(read > 10)
  }

  @Test func brusselsHotels() throws {
    let table = try table("fr-brussels-hotels/brussels-hotels.csv")
    #expect(table.rowCount == 638)
    #expect(table.report.encoding == .windows1252)
    #expect(table.schema.fields.map(\.type) == [.text, .text, .date, .integer, .real, .real, .real, .text])
    var byYear: [Value: Int] = [:]
    for year in try column(table, "Année") { byYear[year, default: 0] += 1 }
    #expect(
      byYear == [
        .integer(2013): 132, .integer(2014): 132, .integer(2015): 132, .integer(2016): 132, .integer(2017): 110,
      ])
    let (rate, classes, quarters, years) = (
      try column(table, "Occupancy rate"), try column(table, "Classement"), try column(table, "Quartier"),
      try column(table, "Année")
    )
    let rates = rate.indices.filter {
      classes[$0] == .text("All") && quarters[$0] == .text("All") && years[$0] == .integer(2013)
    }.map { rate[$0] }
    #expect(rates.count == 12)
    #expect(abs(sum(rates) / 12 - 0.712737) < 1e-6)
    #expect(try column(table, "RevPAR").contains(.real(137.5668258)))
    #expect(codes(table).contains(.ambiguousDates))
  }

  @Test func toulouseGrants() throws {
    let table = try table("fr-toulouse/subventions-toulouse_2022.csv")
    #expect(table.rowCount == 396)
    let amounts = try column(table, "montant")
    #expect(amounts.filter { $0 != .missing }.count == 396)
    #expect(abs(sum(amounts) - 88_789_356.48) < 0.005)
    #expect(table.schema.fields.first { $0.label == "idAttribuant" }?.type == .text)
    #expect(codes(table).contains(.scientificIdentifiers))
    let date = try #require(table.schema.fields.first { $0.label == "datesPeriodeVersement" })
    #expect(date.type == .date)
  }

  @Test func populationOfFrance() throws {
    let table = try table("fr-insee-population/pop-totale-france.txt")
    #expect(table.schema.fields.map(\.label).last == "Ensemble")
    // 101 ages and a row of totals; title lines and footnotes are no rows.
    #expect(table.rowCount == 102)
    let total = try column(table, "Ensemble")
    #expect(total.last == .integer(66_990_826))
    #expect(sum(Array(total.dropLast())) == 66_990_826)
    #expect(sum(Array(try column(table, "Nombre d'hommes").dropLast())) == 32_455_859)
    #expect(sum(Array(try column(table, "Nombre de femmes").dropLast())) == 34_534_967)
  }

  @Test func housingZones() throws {
    let table = try table("fr-zone-apl/zone_apl.csv")
    #expect(table.rowCount == 36_880)
    #expect(!table.report.hasHeader)
    var zones: [Value: Int] = [:]
    for zone in try column(table, "column_5") { zones[zone, default: 0] += 1 }
    #expect(zones == [.missing: 2, .integer(1): 787, .integer(2): 2056, .integer(3): 34_035])
    #expect(table.report.columns[4].missingCodes.first?.code == "#N/A")
    let accented = try column(table, "column_2").filter {
      if case .text(let name) = $0 { return !name.utf8.allSatisfy { $0 < 0x80 } }
      return false
    }
    #expect(accented.count == 8012)
    let leading = try column(table, "column_4").filter {
      if case .text(let code) = $0 { return code.hasPrefix("0") }
      return false
    }
    #expect(leading.count == 3255)
  }

  @Test func communes() throws {
    let table = try table("fr-communes/donnees_communes.csv")
    #expect(table.rowCount == 34_970)
    #expect(sum(try column(table, "PMUN")) == 67_408_052)
    let (people, names) = (try column(table, "PMUN"), try column(table, "Commune"))
    let empty = people.indices.filter { people[$0] == .integer(0) }.map { names[$0] }
    #expect(empty.count == 6)
    #expect(empty.contains(.text("Cumières-le-Mort-Homme")))
    #expect(table.schema.fields.first { $0.label == "COM" }?.type == .text)
  }

  @Test func microcreditUsesNA() throws {
    let table = try table("microcredit/microcredit.csv")
    let study = table.schema.fields.firstIndex { $0.label == "group" }
    #expect(study != nil)
    var rows: [Value: Int] = [:]
    for value in try column(table, "group") { rows[value, default: 0] += 1 }
    #expect(rows[.text("crepon")] == 5498)
    #expect(rows[.text("angelucci")] == 21_523)
    let treatment = try #require(table.schema.fields.first { $0.label == "treatment" })
    #expect(treatment.type == .integer)
    let (treated, studies) = (try column(table, "treatment"), try column(table, "group"))
    let missing = treated.indices.filter { treated[$0] == .missing && studies[$0] == .text("angelucci") }
    #expect(missing.count == 4963)
  }
}
