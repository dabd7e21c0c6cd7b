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
      let formats = units.enumerated().map { place, unit in
        "<numFmt numFmtId=\"\(166 + place)\" formatCode=\"General&quot; \(unit)&quot;\"/>"
      }
      let cells = units.indices.map { place in
        "<xf numFmtId=\"\(166 + place)\" fontId=\"0\" fillId=\"0\" borderId=\"0\" xfId=\"0\" applyNumberFormat=\"1\"/>"
      }
      return
        usual
        .replacing("<numFmts count=\"2\">", with: "<numFmts count=\"\(2 + units.count)\">")
        .replacing("</numFmts>", with: formats.joined() + "</numFmts>")
        .replacing("<cellXfs count=\"5\">", with: "<cellXfs count=\"\(5 + units.count)\">")
        .replacing("</cellXfs>", with: cells.joined() + "</cellXfs>")
    }

    private static let usual =
      declaration + "<styleSheet xmlns=\"\(main)\">"
      + "<numFmts count=\"2\"><numFmt numFmtId=\"164\" formatCode=\"yyyy\\-mm\\-dd\"/>"
      + "<numFmt numFmtId=\"165\" formatCode=\"0.0%\"/></numFmts>"
      + "<fonts count=\"2\"><font><sz val=\"11\"/><name val=\"Calibri\"/></font>"
      + "<font><b/><sz val=\"11\"/><name val=\"Calibri\"/></font></fonts>"
      + "<fills count=\"2\"><fill><patternFill patternType=\"none\"/></fill>"
      + "<fill><patternFill patternType=\"gray125\"/></fill></fills>"
      + "<borders count=\"1\"><border><left/><right/><top/><bottom/><diagonal/></border></borders>"
      + "<cellStyleXfs count=\"1\"><xf numFmtId=\"0\" fontId=\"0\" fillId=\"0\" borderId=\"0\"/></cellStyleXfs>"
      + "<cellXfs count=\"5\"><xf numFmtId=\"0\" fontId=\"0\" fillId=\"0\" borderId=\"0\" xfId=\"0\"/>"
      + "<xf numFmtId=\"0\" fontId=\"1\" fillId=\"0\" borderId=\"0\" xfId=\"0\" applyFont=\"1\"/>"
      + "<xf numFmtId=\"164\" fontId=\"0\" fillId=\"0\" borderId=\"0\" xfId=\"0\" applyNumberFormat=\"1\"/>"
      + "<xf numFmtId=\"165\" fontId=\"0\" fillId=\"0\" borderId=\"0\" xfId=\"0\" applyNumberFormat=\"1\"/>"
      + "<xf numFmtId=\"0\" fontId=\"0\" fillId=\"0\" borderId=\"0\" xfId=\"0\" applyAlignment=\"1\">"
      + "<alignment vertical=\"top\" wrapText=\"1\"/></xf></cellXfs>"
      + "<cellStyles count=\"1\"><cellStyle name=\"Normal\" xfId=\"0\" builtinId=\"0\"/></cellStyles></styleSheet>"
  }
#endif
