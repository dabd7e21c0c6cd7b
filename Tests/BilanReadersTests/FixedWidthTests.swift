import BilanColumnar
import BilanDiagnostics
import BilanTestSupport
import Testing

@testable import BilanReaders

/// Tables whose columns blanks alone keep apart.
@Suite struct FixedWidthTests {
  @Test func readsNamesAndValues() throws {
    let table = try open(
      """
      Région              Année   Femmes   Hommes
      Oriental            2019       120      100
      Fès-Meknès          2019     1 080       70
      Souss-Massa         2020        40

      Rabat-Salé          2020        60       66
      """)
    #expect(labels(table) == ["Région", "Année", "Femmes", "Hommes"])
    #expect(try column(table, "Femmes") == [120, 1080, 40, 60].map { .integer($0) })
    #expect(try column(table, "Hommes") == [.integer(100), .integer(70), .missing, .integer(66)])
    #expect(codes(table) == [.fixedWidth])
    #expect(table.report.dialectEvidence.english == "columns of fixed width, told by the blanks between them")
  }

  /// A decimal comma is no delimiter, and zeros before a number are kept.
  @Test func readsDecimalCommas() throws {
    let table = try open("id   nom            montant\n001  Amina           12,50\n002  Fatima Zahra   120,00\n")
    #expect(labels(table) == ["id", "nom", "montant"])
    #expect(try column(table, "id") == [.text("001"), .text("002")])
    #expect(try column(table, "montant") == [.real(12.5), .real(120)])
  }

  /// Columns that one blank parts, of which most values are shorter than their names or their neighbours.
  @Test func readsNarrowGutters() throws {
    let table = try open(
      "Région    An Cible Réalisé\nFès     2019   120      98\nRabat   2019    80      60\nSouss   2020    40      66\n"
    )
    #expect(labels(table) == ["Région", "An", "Cible", "Réalisé"])
    #expect(try column(table, "Cible") == [120, 80, 40].map { .integer($0) })
  }

  /// One blank between words at the same place everywhere is none between columns.
  @Test func keepsWordsTogether() throws {
    let table = try open(
      "Nom du projet      Budget\nProjet 1             1200\nProjet 2              300\nProjet 3 bis           50\n")
    #expect(labels(table) == ["Nom du projet", "Budget"])
    #expect(try column(table, "Nom du projet") == ["Projet 1", "Projet 2", "Projet 3 bis"].map { .text($0) })
  }

  /// Dashes below the names say where columns are, however narrow.
  @Test func heedsRules() throws {
    let shell = try open(
      "id  region      n \n--- ----------- --\n001 Fes Meknes  12\n002 Rabat Sale  9 \n003 Souss Massa 10\n")
    #expect(labels(shell) == ["id", "region", "n"])
    #expect(try column(shell, "region") == ["Fes Meknes", "Rabat Sale", "Souss Massa"].map { .text($0) })
    #expect(try column(shell, "n") == [12, 9, 10].map { .integer($0) })
    let one = try open("region    n\n------    -\nFès      12\n")
    #expect(one.rowCount == 1 && labels(one) == ["region", "n"])
  }

  @Test func leavesTitlesAndRemarksOut() throws {
    let table = try open(
      """
      Direction régionale : état des bénéficiaires, par province et par sexe, au 31/12/2019
      Tableau 3

      Province       Femmes   Hommes
      Oujda             120      100
      Nador              80       70
      Berkane            40       30
      Taourirt           12        9

      Source : direction régionale de l’emploi, fichier des bénéficiaires (données provisoires)
      """)
    #expect(labels(table) == ["Province", "Femmes", "Hommes"])
    #expect(table.rowCount == 4)
    #expect(try column(table, "Femmes") == [120, 80, 40, 12].map { .integer($0) })
  }

  @Test func leavesOthersAlone() throws {
    for text in [
      "nom\nALAMI  Fatima\nBENNANI  Saïd\nEL  Idrissi\n",
      "Ce projet vise les femmes.  Il a commencé\nen 2019 dans la région de  Fès, où il\na formé  cent vingt personnes.\n",
      "nom,   n\nAlami,  3\nSaïd,  12\n", "a;  b\n1;  2\n3;  4\n", "a\tb  c\n1\t2  3\n",
    ] {
      #expect(!codes(try open(text)).contains(.fixedWidth), "\(text)")
    }
    var options = ReadOptions()
    options.delimiter = UInt8(ascii: ",")
    #expect(try open("a    b\n1    2\n3    4\n", options: options).schema.count == 1)
  }

  /// What `describe --write` says of one reads it again.
  @Test func readsByItsDescriptor() throws {
    var options = ReadOptions()
    options.delimiter = FixedWidthTable.delimiter
    let text = "a     b\n1     2\n3     4\n"
    #expect(try columns(open(text, options: options)) == columns(open(text)))
    // Blanks that no columns make are still delimiters where they are said to be.
    #expect(try labels(open("a b c\n1 2 3\n10 20 30\n", options: options)) == ["a", "b", "c"])
  }

  /// Any table, printed so, is what it is with semicolons.
  @Test(arguments: 0..<300) func readsWhatWasPrinted(_ seed: Int) throws {
    var random = SplitMix64(seed: UInt64(seed))
    let words = ["Fès", "Meknès Nord", "Oued  Ed-Dahab".replacing("  ", with: " "), "Azilal", "Béni Mellal", "Ifrane"]
    let width = Int.random(in: 2...5, using: &random)
    let rows = Int.random(in: 4...30, using: &random)
    var table: [[String]] = [["nom"] + (1..<width).map { "mesure \($0)" }]
    for _ in 0..<rows {
      table.append(
        [words.randomElement(using: &random)!]
          + (1..<width).map { _ in
            Int.random(in: 0..<8, using: &random) == 0 ? "" : "\(Int.random(in: 0..<100_000, using: &random))"
          })
    }
    for place in 1..<width { table[1][place] = "7" }
    let widths = (0..<width).map { column in table.map { $0[column].count }.max()! }
    let gap = Int.random(in: 2...4, using: &random)
    let printed = table.map { row in
      zip(row, widths).enumerated().map { place, cell in
        let blanks = String(repeating: " ", count: cell.1 - cell.0.count)
        return place == 0 ? cell.0 + blanks : blanks + cell.0
      }.joined(separator: String(repeating: " ", count: gap))
    }
    let printedTable = try open(printed.joined(separator: "\n") + "\n")
    let plain = try open(table.map { $0.joined(separator: ";") }.joined(separator: "\n") + "\n")
    #expect(try columns(printedTable) == columns(plain))
    #expect(labels(printedTable) == labels(plain))
  }
}
