import BilanColumnar
import BilanDiagnostics
import BilanTestSupport
import Testing

@testable import BilanReaders

@Suite struct EncodingTests {
  @Test func utf8WithAndWithoutMark() throws {
    let plain = try open("région;n\nFès;1\n")
    #expect(plain.report.encoding == .utf8)
    #expect(try columns(plain)[0] == [.text("Fès")])
    let marked = try DelimitedReader.open(bytes: [0xEF, 0xBB, 0xBF] + Array("\"région\";n\nFès;1\n".utf8), name: "t")
    #expect(marked.schema[0].label == "région")
    #expect(try columns(marked) == [[.text("Fès")], [.integer(1)]])
  }

  @Test func windows1252() throws {
    let bytes: [UInt8] =
      Array("ville;prix\nF".utf8) + [0xE8] + Array("s;".utf8) + [0x80] + Array("5\nb".utf8) + [0x9C]
      + Array("uf;1\n".utf8)
    let table = try DelimitedReader.open(bytes: bytes, name: "t")
    #expect(table.report.encoding == .windows1252)
    #expect(try columns(table)[0] == [.text("Fès"), .text("bœuf")])
    #expect(try columns(table)[1] == [.integer(5), .integer(1)])
    #expect(table.schema[1].unit == "EUR")
  }

  /// Two exports one behind the other, however much of each.
  @Test func utf8BesideWindows1252() throws {
    let first = Array("ville;n\nFès;1\n".utf8)
    let more = (0..<9).flatMap { number -> [UInt8] in Array("B".utf8) + [0xE9] + Array("ni \(number);2\n".utf8) }
    let table = try DelimitedReader.open(bytes: first + more, name: "t")
    #expect(table.report.encoding == .utf8AndWindows1252)
    #expect(try columns(table)[0].prefix(2) == [.text("Fès"), .text("Béni 0")])
    #expect(codes(table) == [.invalidEncoding])
    // Capitals before a no-break space are a sequence of UTF-8 by chance.
    let capitals = try DelimitedReader.open(
      bytes: Array("QUALIT".utf8) + [0xC9, 0xA0] + Array(":;n\nF".utf8) + [0xE8] + Array("s;1\n".utf8), name: "t")
    #expect(capitals.report.encoding == .windows1252)
  }

  /// Few letters of Mac OS Roman among its quotes and no-break spaces, or behind its apostrophe alone.
  @Test func littleOfMacRoman() throws {
    let quoted =
      Array("ville;n\n".utf8) + [0xC7, 0xCA] + Array("F".utf8) + [0x8F] + Array("s".utf8) + [0xCA, 0xC8]
      + Array(";1\n".utf8)
    let table = try DelimitedReader.open(bytes: quoted, name: "t")
    #expect(table.report.encoding == .macRoman)
    #expect(try columns(table)[0] == [.text("«\u{A0}Fès\u{A0}»")])
    let apostrophe = Array("saison;n\nl".utf8) + [0xD5, 0x8E] + Array("quipe;1\n".utf8)
    #expect(try columns(DelimitedReader.open(bytes: apostrophe, name: "t"))[0] == [.text("l’équipe")])
    // Capitals alone are those of windows-1252.
    let capitals = Array("R".utf8) + [0xC9] + Array("GION;n\nF".utf8) + [0xC8] + Array("S;1\n".utf8)
    #expect(try DelimitedReader.open(bytes: capitals, name: "t").schema[0].label == "RÉGION")
  }

  @Test func utf8CutInsideACharacter() throws {
    let table = try DelimitedReader.open(bytes: Array("Région;v\nFès;1\nB".utf8) + [0xC3], name: "t")
    #expect(table.schema[0].label == "Région")
    #expect(try columns(table)[0].first == .text("Fès"))
    #expect(codes(table).contains(.invalidEncoding))
  }

  @Test func utf16CutInsideACharacter() throws {
    let bytes = "\u{FEFF}nom,v\nFès,1\nRabat,25\n".utf16.flatMap { [UInt8($0 & 0xFF), UInt8($0 >> 8)] }
    #expect(try columns(DelimitedReader.open(bytes: bytes, name: "t"))[1] == [.integer(1), .integer(25)])
    #expect(throws: QueryError.self) { try DelimitedReader.open(bytes: Array(bytes.dropLast(3)), name: "t") }
    // A line end of one byte behind the text is nothing.
    #expect(try DelimitedReader.open(bytes: bytes + [0x0A], name: "t").rowCount == 2)
  }

  /// `Fès, œuf, l’été, 5 €` in encodings of one byte a character.
  @Test func oneByteACharacter() throws {
    let latin9 =
      Array("ville;prix\nF".utf8) + [0xE8] + Array("s;5 ".utf8) + [0xA4] + Array("\n".utf8) + [0xBD]
      + Array("uf;7 ".utf8) + [0xA4, 0x0A]
    let table = try DelimitedReader.open(bytes: latin9, name: "t")
    #expect(table.report.encoding == .latin9)
    #expect(try columns(table)[0] == [.text("Fès"), .text("œuf")])
    #expect(table.schema[1].unit == "EUR")
    // é è à ê and an apostrophe of Mac OS Roman.
    let mac =
      Array("ville;n\nF".utf8) + [0x8F] + Array("s;1\nl".utf8) + [0xD5, 0x8E] + Array("t".utf8) + [0x8E]
      + Array(";2\nB".utf8) + [0x8E] + Array("ni ".utf8) + [0x88] + Array(" Mellal;3\n".utf8)
    let roman = try DelimitedReader.open(bytes: mac, name: "t")
    #expect(roman.report.encoding == .macRoman)
    #expect(try columns(roman)[0] == [.text("Fès"), .text("l’été"), .text("Béni à Mellal")])
    // What is declared rules.
    let told = try DelimitedReader.open(bytes: mac, name: "t", options: ReadOptions(encoding: .windows1252))
    #expect(told.report.encoding == .windows1252)
    for (name, encoding) in [
      ("ISO-8859-15", TextEncoding.latin9), ("latin9", .latin9), ("mac-roman", .macRoman), ("Macintosh", .macRoman),
      ("MacRoman", .macRoman), ("iso-8859-1", .windows1252),
    ] {
      #expect(TextEncoding(name: name) == encoding)
    }
  }

  /// What Excel writes as `CSV (MS-DOS)`, and an Arabic Windows as CSV.
  @Test func codePages() throws {
    // Région, Fès, Béni Mellal, Évreux, garçons
    let dos =
      Array("R".utf8) + [0x82] + Array("gion;n\nF".utf8) + [0x8A] + Array("s;1\nB".utf8) + [0x82]
      + Array("ni Mellal;2\n".utf8) + [0x90] + Array("vreux;3\ngar".utf8) + [0x87] + Array("ons ".utf8) + [0x85]
      + Array(" part;4\n".utf8)
    let table = try DelimitedReader.open(bytes: dos, name: "t")
    #expect(table.report.encoding == .cp850)
    #expect(table.schema[0].label == "Région")
    #expect(try columns(table)[0] == ["Fès", "Béni Mellal", "Évreux", "garçons à part"].map { .text($0) })
    // الرباط and فاس, beside French.
    let arabic =
      Array("ville;n\n".utf8) + [0xC7, 0xE1, 0xD1, 0xC8, 0xC7, 0xD8] + Array(";1\n".utf8) + [0xDD, 0xC7, 0xD3]
      + Array(";2\nMekn".utf8) + [0xE8] + Array("s;3\n".utf8)
    let morocco = try DelimitedReader.open(bytes: arabic, name: "t")
    #expect(morocco.report.encoding == .windows1256)
    #expect(try columns(morocco)[0] == ["الرباط", "فاس", "Meknès"].map { .text($0) })
    // الرباط, فاس and كلميم of ISO 8859-6.
    let latinArabic =
      Array("ville;n\n".utf8) + [0xC7, 0xE4, 0xD1, 0xC8, 0xC7, 0xD7] + Array(";1\n".utf8) + [0xE1, 0xC7, 0xD3]
      + Array(";2\n".utf8) + [0xE3, 0xE4, 0xE5, 0xEA, 0xE5] + Array(";3\n".utf8)
    let older = try DelimitedReader.open(bytes: latinArabic, name: "t")
    #expect(older.report.encoding == .latinArabic)
    #expect(try columns(older)[0] == ["الرباط", "فاس", "كلميم"].map { .text($0) })
    for (name, encoding) in [
      ("cp850", TextEncoding.cp850), ("iso-8859-6", .latinArabic), ("IBM850", .cp850), ("windows-1256", .windows1256),
    ] {
      #expect(TextEncoding(name: name) == encoding)
    }
    // CRÉDIT and SOCIÉTÉ of DOS, CAFÉ of a Mac.
    let capitals =
      Array("F".utf8) + [0xD4] + Array("S;CR".utf8) + [0x90] + Array("DIT\nX;SOCI".utf8) + [0x90] + Array("T".utf8) + [
        0x90
      ]
      + Array("\n".utf8)
    #expect(
      try columns(DelimitedReader.open(bytes: capitals, name: "t", options: ReadOptions(hasHeader: false)))
        == [["FÈS", "X"], ["CRÉDIT", "SOCIÉTÉ"]].map { $0.map { .text($0) } })
    let cafe = Array("nom;n\nCAF".utf8) + [0x83] + Array(";1\n".utf8)
    #expect(try columns(DelimitedReader.open(bytes: cafe, name: "t"))[0] == [.text("CAFÉ")])
    // Quotes, dots and dashes of windows-1252 stand beside letters too.
    let usual =
      Array("titre;n\n".utf8) + [0x93] + Array("ville".utf8) + [0x94, 0x85] + Array(";1\n".utf8) + [0x8C]
      + Array("uvre ".utf8) + [0x82] + Array("x; 2\ncr".utf8) + [0xE9, 0xE9] + Array("e;3\n".utf8)
    #expect(try DelimitedReader.open(bytes: usual, name: "t").report.encoding == .windows1252)
  }

  /// What a program took for windows-1252, and what none could read.
  @Test func lettersEncodedTwiceAndLost() throws {
    let twice = try open("nom;n\nFÃ¨s;5\nl’Oriental;6\n".replacingOccurrences(of: "’", with: "â€™"))
    #expect(twice.report.encoding == .utf8Twice)
    #expect(try columns(twice)[0] == [.text("Fès"), .text("l’Oriental")])
    #expect(codes(twice) == [.invalidEncoding])
    // Letters that mean themselves.
    for text in ["nom;n\nSÃO;5\n", "nom;n\nÃ;5\nFès;6\n", "nom;n\nÂge;5\n"] {
      #expect(try open(text).report.encoding == .utf8, "\(text)")
    }
    let lost = try open("nom;n\nF\u{FFFD}s;5\n")
    #expect(
      lost.report.notes.map(\.message.english) == ["1 character of `t.csv` was lost before (`\u{FFFD}`, on line 2)"])
  }

  /// Files that were put one behind the other.
  @Test func marksBelowTheFirstLineAreLeftOut() throws {
    let mark = "\u{FEFF}"
    let text = "\(mark)région;cible\nFès;10\n\(mark)région;cible\nOujda;20\n\(mark)Nador;30\n"
    let table = try open(text)
    #expect(try columns(table)[0] == [.text("Fès"), .text("Oujda"), .text("Nador")])
    #expect(try columns(table)[1] == [.integer(10), .integer(20), .integer(30)])
    #expect(
      table.report.notes.map(\.message.english) == [
        "2 lines of `t.csv` begin with a byte-order mark, as the first of a file does (the first is line 3): they are left "
          + "out", "line 3 of `t.csv` repeats the names of the columns, and is left out",
      ])
    // Within a line it is a character.
    #expect(try columns(open("a;b\nx\(mark)y;1\n"))[0] == [.text("x\(mark)y")])
    let large = text + (0..<200).map { "X\($0);\($0)\n" }.joined() + "\(mark)Taza;5\n"
    let scanned = try expectSameInBlocks(large)
    #expect(scanned.columns[0].last == .text("Taza"))
  }

  @Test func singleForeignBytesInUTF8AreNoted() throws {
    let bytes = Array("ville;n\nFès;1\nÉvreux;2\nMekn".utf8) + [0xE8] + Array("s;3\n".utf8)
    let table = try DelimitedReader.open(bytes: bytes, name: "t")
    #expect(table.report.encoding == .utf8AndWindows1252)
    #expect(try columns(table)[0] == [.text("Fès"), .text("Évreux"), .text("Meknès")])
    #expect(codes(table) == [.invalidEncoding])
    #expect(table.report.notes[0].message.english.contains("line 4"))
  }

  @Test(arguments: [false, true]) func utf16(isBigEndian: Bool) throws {
    var bytes: [UInt8] = []
    for unit in "\u{FEFF}région,n\r\nFès,1\r\n".utf16 {
      let low = UInt8(unit & 0xFF)
      let high = UInt8(unit >> 8)
      bytes += isBigEndian ? [high, low] : [low, high]
    }
    let marked = try DelimitedReader.open(bytes: bytes, name: "t")
    #expect(marked.schema.fields.map(\.label) == ["région", "n"])
    #expect(try columns(marked) == [[.text("Fès")], [.integer(1)]])
    let unmarked = try DelimitedReader.open(bytes: Array(bytes.dropFirst(2)), name: "t")
    #expect(try columns(unmarked) == [[.text("Fès")], [.integer(1)]])
  }

  @Test func lettersWithMarksAreComposed() throws {
    let table = try open("nom;n\nAigle botté;1\nAigle botte\u{301};2\nc\u{327}a \u{1EA5} a\u{302}\u{301};3\n")
    let names = try columns(table)[0]
    #expect(names[0] == names[1])
    let chunk = try table.read(columns: [0]) { false }[0]
    guard case .text(let column) = chunk.columns[0] else {
      Issue.record("not text")
      return
    }
    #expect(column.codes[0] == column.codes[1])
    #expect(Array(column.dictionary[1].unicodeScalars) == Array("ça ấ ấ".unicodeScalars))
    #expect(table.report.composedLetterCount == 4)
  }

  @Test func binaryFilesAreRefused() {
    #expect(refusal([0x50, 0x4B, 0x03, 0x04, 0, 0], name: "a.xlsx") == .binaryFile)
    #expect(refusal(Array("a,b\n1,\0\n".utf8)) == .binaryFile)
    #expect(refusal([0x1F, 0x8B, 8]) == .binaryFile)
    do throws(QueryError) {
      _ = try DelimitedReader.open(bytes: [0x50, 0x4B, 0x03, 0x04] + Array("....xl/workbook".utf8), name: "données")
      Issue.record("a workbook was read")
    } catch {
      #expect(error.diagnostics[0].message.english.contains("xlsx"))
      #expect(error.diagnostics[0].help[0].french.contains("CSV"))
    }
  }

  @Test func emptyFilesAreRefused() {
    #expect(refusal([]) == .emptyFile)
    #expect(refusal(Array("\r\n \n".utf8)) == .emptyFile)
    #expect(refusal([0xEF, 0xBB, 0xBF]) == .emptyFile)
  }

  @Test func aDeclaredEncodingIsHeld() throws {
    #expect(refusal([0x61, 0x0A, 0xE8, 0x0A], options: ReadOptions(encoding: .utf8)) == .invalidEncoding)
    let table = try open("a\nÃ©t\u{E9}\n", options: ReadOptions(encoding: .windows1252, hasHeader: true))
    #expect(try columns(table)[0] == [.text("ÃƒÂ©tÃ©")])
    #expect(TextEncoding(name: "ISO-8859-1") == .windows1252)
    #expect(TextEncoding(name: "shift-jis") == nil)
  }

  @Test func whatIsNoTableIsRefused() throws {
    for page in [
      "<html>\n<body>x</body></html>\n", "\u{FEFF}\n<!DOCTYPE html><p>", "<table><tr><td>1</td></tr></table>",
    ] {
      #expect(refusal(Array(page.utf8)) == .binaryFile, "\(page)")
    }
    var random = SplitMix64(seed: 5)
    #expect(refusal((0..<200).map { _ in UInt8.random(in: 1...255, using: &random) }) == .binaryFile)
    // A control character or two are in texts that were copied together.
    #expect(refusal(Array(("a;b\n" + String(repeating: "x;y\n", count: 30) + "\u{1}z;t\n").utf8)) == nil)
  }
}
