#if Spreadsheets
  /// The parts of a workbook beside its sheets.
  enum Parts {
    static let declaration = "<?xml version=\"1.0\" encoding=\"UTF-8\" standalone=\"yes\"?>\n"
    static let main = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"
    private static let document = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
    private static let package = "http://schemas.openxmlformats.org/package/2006"
    private static let types = "application/vnd.openxmlformats-officedocument.spreadsheetml"

    static let packageRelationships =
      declaration + "<Relationships xmlns=\"\(package)/relationships\"><Relationship Id=\"rId1\" "
      + "Type=\"\(document)/officeDocument\" Target=\"xl/workbook.xml\"/></Relationships>"

    static func workbook(_ sheets: [String]) -> String {
      var text = declaration + "<workbook xmlns=\"\(main)\" xmlns:r=\"\(document)\"><sheets>"
      for (place, name) in sheets.enumerated() {
        text += "<sheet name=\"\(name)\" sheetId=\"\(place + 1)\" r:id=\"rId\(place + 1)\"/>"
      }
      return text + "</sheets></workbook>"
    }

    static func relationships(sheetCount: Int) -> String {
      var text = declaration + "<Relationships xmlns=\"\(package)/relationships\">"
      for number in 1...max(1, sheetCount) {
        text += "<Relationship Id=\"rId\(number)\" Type=\"\(document)/worksheet\" "
        text += "Target=\"worksheets/sheet\(number).xml\"/>"
      }
      text += "<Relationship Id=\"rId\(sheetCount + 1)\" Type=\"\(document)/styles\" Target=\"styles.xml\"/>"
      return text + "</Relationships>"
    }

    static func contentTypes(sheetCount: Int) -> String {
      var text = declaration + "<Types xmlns=\"\(package)/content-types\">"
      text += "<Default Extension=\"rels\" ContentType=\"application/vnd.openxmlformats-package.relationships+xml\"/>"
      text += "<Default Extension=\"xml\" ContentType=\"application/xml\"/>"
      text += "<Override PartName=\"/xl/workbook.xml\" ContentType=\"\(types).sheet.main+xml\"/>"
      text += "<Override PartName=\"/xl/styles.xml\" ContentType=\"\(types).styles+xml\"/>"
      for number in 1...max(1, sheetCount) {
        text += "<Override PartName=\"/xl/worksheets/sheet\(number).xml\" ContentType=\"\(types).worksheet+xml\"/>"
      }
      return text + "</Types>"
    }

    /// The formats of `WorkbookWriter.Style`, in its order, then those of the units; the fills that every workbook begins
    /// with.
    static func styles(units: [String]) -> String {
      let formats =
        ["yyyy\\-mm\\-dd", "0.0%"] + units.map { "General&quot; \($0)&quot;" }
      let numbered = formats.enumerated().map { place, code in
        "<numFmt numFmtId=\"\(firstFormat + place)\" formatCode=\"\(code)\"/>"
      }
      func shown(_ format: Int) -> String { cell(numberFormat: format, " applyNumberFormat=\"1\"/>") }
      let cells =
        [
          cell("/>"), cell(font: 1, " applyFont=\"1\"/>"), shown(firstFormat), shown(firstFormat + 1),
          cell(" applyAlignment=\"1\"><alignment vertical=\"top\" wrapText=\"1\"/></xf>"),
        ] + units.indices.map { shown(firstFormat + 2 + $0) }
      return declaration + "<styleSheet xmlns=\"\(main)\">"
        + "<numFmts count=\"\(numbered.count)\">\(numbered.joined())</numFmts>"
        + "<fonts count=\"2\"><font><sz val=\"11\"/><name val=\"Calibri\"/></font>"
        + "<font><b/><sz val=\"11\"/><name val=\"Calibri\"/></font></fonts>"
        + "<fills count=\"2\"><fill><patternFill patternType=\"none\"/></fill>"
        + "<fill><patternFill patternType=\"gray125\"/></fill></fills>"
        + "<borders count=\"1\"><border><left/><right/><top/><bottom/><diagonal/></border></borders>"
        + "<cellStyleXfs count=\"1\"><xf numFmtId=\"0\" fontId=\"0\" fillId=\"0\" borderId=\"0\"/></cellStyleXfs>"
        + "<cellXfs count=\"\(cells.count)\">\(cells.joined())</cellXfs>"
        + "<cellStyles count=\"1\"><cellStyle name=\"Normal\" xfId=\"0\" builtinId=\"0\"/></cellStyles></styleSheet>"
    }

    /// The first number of formats that is free.
    private static let firstFormat = 164

    private static func cell(numberFormat: Int = 0, font: Int = 0, _ rest: String) -> String {
      "<xf numFmtId=\"\(numberFormat)\" fontId=\"\(font)\" fillId=\"0\" borderId=\"0\" xfId=\"0\"\(rest)"
    }
  }
#endif
