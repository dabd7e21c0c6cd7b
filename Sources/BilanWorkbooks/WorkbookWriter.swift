#if Spreadsheets
  /// Writes a workbook as spreadsheet programs have it (Office Open XML, transitional), sheet by sheet and row by row.
  ///
  ///     var book = WorkbookWriter()
  ///     book.beginSheet("Result", widths: [12, 8])
  ///     book.beginRow(); book.append("region", .header); book.append("actual", .header); book.endRow()
  ///     book.beginRow(); book.append("Oriental"); book.append(number: "512"); book.endRow()
  ///     book.endSheet(); book.finish()
  ///     let bytes = book.take()
  ///
  /// Texts are written as texts, so that none is ever taken for a formula. Nothing depends on the machine or its clock.
  package struct WorkbookWriter: ~Copyable {
    /// How a cell is shown: the place of its format in the part of styles.
    package struct Style: Sendable, Hashable {
      fileprivate let place: Int

      package static let plain = Style(place: 0)
      package static let header = Style(place: 1)
      package static let date = Style(place: 2)
      package static let percent = Style(place: 3)
      /// Breaks long texts.
      package static let wrapped = Style(place: 4)
      fileprivate static let count = 5
    }

    /// What a sheet holds.
    package static let (rowLimit, columnLimit) = (1_048_576, 16_384)
    /// The longest text of a cell, in UTF-16 units.
    package static let textLimit = 32_767
    /// A part that is larger cannot be counted by a ZIP archive; a sheet ends before.
    private static let partLimit = 3 << 30

    private var zip = ZipWriter()
    /// The names of the sheets so far.
    package private(set) var sheets: [String] = []
    /// XML that is not yet compressed.
    private var xml: [UInt8] = []
    private var row = 0
    private var rowDigits: [UInt8] = []
    private var column = 0
    /// The letters of the columns so far.
    private var columnLetters: [[UInt8]] = []
    /// What numbers are measured in, each a style behind the others.
    private var units: [String] = []
    /// Texts that were cut, for being longer than a cell may be.
    package private(set) var cutTextCount = 0

    private let rowLimit: Int

    /// - Parameter rowLimit: the rows of a sheet; fewer than it may hold only in tests.
    package init(rowLimit: Int = Self.rowLimit) {
      self.rowLimit = rowLimit
      part("_rels/.rels", Parts.packageRelationships)
    }

    /// The style of numbers behind which a unit is shown.
    package mutating func style(ofUnit unit: String) -> Style {
      let place = units.firstIndex(of: unit) ?? units.count
      if place == units.count { units.append(unit) }
      return Style(place: Style.count + place)
    }

    /// True where the workbook is larger than its format allows; then it cannot be read.
    package var isTooLarge: Bool { zip.isTooLarge }
    /// True where the sheet at hand takes no more rows.
    package var isSheetFull: Bool { row >= rowLimit || zip.partSize > Self.partLimit }

    /// Bytes that are ready, once.
    package mutating func take() -> [UInt8] {
      defer { zip.output = [] }
      return zip.output
    }

    package var readyCount: Int { zip.output.count }

    private mutating func part(_ name: String, _ content: String) {
      zip.beginPart(name)
      zip.write(Array(content.utf8))
      zip.endPart()
    }

    // MARK: Sheets

    /// Begins a sheet whose first row stays in sight.
    ///
    /// - Parameters:
    ///   - name: made fit to be one, and unique.
    ///   - widths: of the columns, in characters.
    package mutating func beginSheet(_ name: String, widths: [Int]) {
      sheets.append(free(name))
      row = 0
      zip.beginPart("xl/worksheets/sheet\(sheets.count).xml")
      var head = Parts.declaration + "<worksheet xmlns=\"\(Parts.main)\">"
      head += "<sheetViews><sheetView workbookViewId=\"0\"\(sheets.count == 1 ? " tabSelected=\"1\"" : "")>"
      head += "<pane ySplit=\"1\" topLeftCell=\"A2\" activePane=\"bottomLeft\" state=\"frozen\"/>"
      head += "<selection pane=\"bottomLeft\"/></sheetView></sheetViews><sheetFormatPr defaultRowHeight=\"15\"/>"
      if !widths.isEmpty {
        head += "<cols>"
        for (place, width) in widths.prefix(Self.columnLimit).enumerated() {
          head += "<col min=\"\(place + 1)\" max=\"\(place + 1)\" width=\"\(width)\" customWidth=\"1\"/>"
        }
        head += "</cols>"
      }
      xml += Array((head + "<sheetData>").utf8)
    }

    package mutating func endSheet() {
      xml += Array("</sheetData></worksheet>".utf8)
      flush()
      zip.endPart()
    }

    /// Writes what names the sheets; nothing can be added after.
    package mutating func finish() {
      part("xl/styles.xml", Parts.styles(units: units.map { Self.escaped($0.filter { $0 != "\"" }) }))
      part("xl/workbook.xml", Parts.workbook(sheets.map(Self.escaped)))
      part("xl/_rels/workbook.xml.rels", Parts.relationships(sheetCount: sheets.count))
      part("[Content_Types].xml", Parts.contentTypes(sheetCount: sheets.count))
      zip.finish()
    }

    /// A name without what spreadsheet programs refuse, of at most 31 characters, that no sheet has yet.
    private func free(_ name: String) -> String {
      var plain = String(name.filter { !"[]:*?/\\'".contains($0) && !$0.isNewline }.prefix(25))
      if plain.isEmpty { plain = "Sheet" }
      var candidate = plain
      var number = 2
      while sheets.contains(where: { $0.lowercased() == candidate.lowercased() }) {
        candidate = "\(plain) \(number)"
        number += 1
      }
      return candidate
    }

    // MARK: Rows

    package mutating func beginRow() {
      row += 1
      column = 0
      rowDigits = Array("\(row)".utf8)
      xml += Tags.row
      xml += rowDigits
      xml += Tags.attributeEnd
    }

    package mutating func endRow() {
      xml += Tags.rowEnd
      if xml.count > 1 << 16 { flush() }
    }

    /// Leaves a cell out: it has no value.
    package mutating func skip() { column += 1 }

    package mutating func append(_ text: String, _ style: Style = .plain) {
      var text = text
      if text.utf8.count > Self.textLimit, text.utf16.count > Self.textLimit {
        cutTextCount += 1
        text = Self.cut(text)
      }
      beginCell(style, type: Tags.inlineText)
      let keepsSpace = text.utf8.contains { $0 <= 0x20 }
      xml += keepsSpace ? Tags.spacedText : Tags.text
      Self.escape(text, to: &xml)
      xml += Tags.textEnd
    }

    /// - Parameter digits: a number with a point and without thousands, as `1200.5`.
    package mutating func append(number digits: [UInt8], _ style: Style = .plain) {
      beginCell(style, type: [])
      xml += Tags.value
      xml += digits
      xml += Tags.valueEnd
    }

    package mutating func append(boolean value: Bool) {
      beginCell(.plain, type: Tags.boolean)
      xml += Tags.value
      xml.append(value ? 0x31 : 0x30)
      xml += Tags.valueEnd
    }

    /// - Parameter days: since 1970-01-01.
    /// - Returns: false for a day before 1900-03-01, which spreadsheet programs do not agree about; nothing is written.
    package mutating func append(day days: Int) -> Bool {
      let serial = days + 25_569
      guard serial > 60, serial < 2_958_466 else { return false }
      append(number: Array("\(serial)".utf8), .date)
      return true
    }

    private mutating func beginCell(_ style: Style, type: [UInt8]) {
      column += 1
      while columnLetters.count < column { columnLetters.append(Array(Self.letters(columnLetters.count + 1).utf8)) }
      xml += Tags.cell
      xml += columnLetters[column - 1]
      xml += rowDigits
      xml.append(UInt8(ascii: "\""))
      if style != .plain {
        xml += Tags.style
        xml += Array("\(style.place)\"".utf8)
      }
      xml += type
      xml.append(UInt8(ascii: ">"))
    }

    /// What most of a sheet consists of.
    private enum Tags {
      static let (row, rowEnd) = (Array("<row r=\"".utf8), Array("</row>".utf8))
      static let attributeEnd = Array("\">".utf8)
      static let (cell, style) = (Array("<c r=\"".utf8), Array(" s=\"".utf8))
      static let (inlineText, boolean) = (Array(" t=\"inlineStr\"".utf8), Array(" t=\"b\"".utf8))
      static let (text, spacedText) = (Array("<is><t>".utf8), Array("<is><t xml:space=\"preserve\">".utf8))
      static let textEnd = Array("</t></is></c>".utf8)
      static let (value, valueEnd) = (Array("<v>".utf8), Array("</v></c>".utf8))
    }

    private mutating func flush() {
      zip.write(xml)
      xml.removeAll(keepingCapacity: true)
    }

    // MARK: Texts

    private static func letters(_ column: Int) -> String {
      var (letters, rest) = ("", column)
      while rest > 0 {
        letters = String(Character(Unicode.Scalar(UInt8(ascii: "A") + UInt8((rest - 1) % 26)))) + letters
        rest = (rest - 1) / 26
      }
      return letters
    }

    private static func cut(_ text: String) -> String {
      var result = ""
      var units = 0
      for character in text {
        units += character.utf16.count
        if units > textLimit { break }
        result.append(character)
      }
      return result
    }

    private static func escaped(_ text: String) -> String {
      var bytes: [UInt8] = []
      escape(text, to: &bytes)
      return String(decoding: bytes, as: UTF8.self)
    }

    /// What XML cannot hold is written as its format has it: `_x000B_`, and `_x005F_` for an underscore that would begin
    /// such an escape.
    private static func escape(_ text: String, to output: inout [UInt8]) {
      let isPlain = text.utf8.allSatisfy { byte in
        byte >= 0x20 && byte != 0xEF && byte != UInt8(ascii: "&") && byte != UInt8(ascii: "<")
          && byte != UInt8(ascii: ">") && byte != UInt8(ascii: "\"") && byte != UInt8(ascii: "_")
      }
      if isPlain { return output.append(contentsOf: text.utf8) }
      let bytes = Array(text.utf8)
      var index = 0
      while index < bytes.count {
        let byte = bytes[index]
        switch byte {
        case UInt8(ascii: "&"): output += Array("&amp;".utf8)
        case UInt8(ascii: "<"): output += Array("&lt;".utf8)
        case UInt8(ascii: ">"): output += Array("&gt;".utf8)
        case UInt8(ascii: "\""): output += Array("&quot;".utf8)
        case 0x00..<0x20 where byte != 0x09 && byte != 0x0A:
          let digits = Array("0123456789ABCDEF".utf8)
          output += Array("_x00".utf8) + [digits[Int(byte >> 4)], digits[Int(byte & 15)], UInt8(ascii: "_")]
        case UInt8(ascii: "_") where beginsEscape(bytes, index): output += Array("_x005F_".utf8)
        // U+FFFE and U+FFFF are no characters of XML.
        case 0xEF where index + 2 < bytes.count && bytes[index + 1] == 0xBF && bytes[index + 2] >= 0xBE:
          output += Array((bytes[index + 2] == 0xBE ? "_xFFFE_" : "_xFFFF_").utf8)
          index += 2
        default: output.append(byte)
        }
        index += 1
      }
    }

    private static func beginsEscape(_ bytes: [UInt8], _ index: Int) -> Bool {
      guard index + 7 <= bytes.count, bytes[index + 1] == UInt8(ascii: "x"), bytes[index + 6] == UInt8(ascii: "_")
      else { return false }
      return bytes[index + 2..<index + 6].allSatisfy { Character(Unicode.Scalar($0)).isHexDigit }
    }
  }
#endif
