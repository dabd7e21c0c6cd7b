#if Spreadsheets
  import BilanArchives
  import BilanDiagnostics
  import BilanReaders

  /// A workbook that has been opened: its sheets, and what their cells refer to once that is asked for.
  struct Workbook {
    struct Sheet {
      var name: String
      var part: String
      var isHidden: Bool
    }

    let archive: ZipArchive
    /// Sheets of cells, in the order of their tabs; sheets of charts and macros are none.
    let sheets: [Sheet]
    /// Days are counted from 1904 on, as early Macintosh programs did, and not from 1900.
    let countsFrom1904: Bool
    private let stringsPart: String?
    private let stylesPart: String?

    /// Opens a file, on disk or in memory.
    ///
    /// - Throws: `malformedFile` with what is wrong.
    init(_ source: ZipArchive.Source, name: String) throws(QueryError) {
      archive = try ZipArchive(
        source, name: name, ignoresCase: true, limit: Self.inflationLimit,
        describe: { WorkbookError.describing($0, in: name) })
      let top = try Relationships.of("", in: archive)
      // Some programs leave the references out and use the usual names.
      guard let part = top.first("officeDocument") ?? Self.usual("xl/workbook.xml", archive) else {
        throw WorkbookError.malformed(
          name, Localized("is a ZIP archive, and no workbook", fr: "est une archive ZIP, et non un classeur"),
          help: Localized("extract the file it holds first", fr: "extrayez d’abord le fichier qu’elle contient"))
      }
      if part.hasSuffix(".bin") {
        throw WorkbookError.malformed(
          name,
          Localized("is a binary workbook (xlsb)", fr: "est un classeur binaire (xlsb)"),
          help: Localized("save it as xlsx", fr: "enregistrez-le en xlsx"))
      }
      let relationships = try Relationships.of(part, in: archive)
      let contents = WorkbookContents()
      try XMLStream.read(part, of: archive, contents)
      var sheets: [Sheet] = []
      for (place, sheet) in contents.sheets.enumerated() {
        var target = sheet.id.flatMap { relationships.targets[$0] }
        if target == nil, let usual = Self.usual("xl/worksheets/sheet\(place + 1).xml", archive) {
          target = Relationships.Target(kind: "worksheet", part: usual)
        }
        guard let target, target.kind == "worksheet" else { continue }
        sheets.append(Sheet(name: sheet.name, part: target.part, isHidden: sheet.isHidden))
      }
      guard !sheets.isEmpty else {
        throw WorkbookError.malformed(
          name, Localized("has no sheet of cells", fr: "n’a pas de feuille de cellules"))
      }
      self.sheets = sheets
      countsFrom1904 = contents.countsFrom1904
      stringsPart = relationships.first("sharedStrings") ?? Self.usual("xl/sharedStrings.xml", archive)
      stylesPart = relationships.first("styles") ?? Self.usual("xl/styles.xml", archive)
    }

    /// How far the parts of a workbook may inflate before it is taken for a trap.
    ///
    /// Sheets are repetitive XML and shrink to a tenth or a thirtieth; what shrinks to less than a hundredth is made to
    /// fill memory. Small archives may do as they like.
    private static func inflationLimit(storedCount: Int) -> Int {
      let allowed = storedCount.multipliedReportingOverflow(by: 100)
      return min(allowed.overflow ? .max : max(allowed.partialValue, 64 << 20), 16 << 30)
    }

    private static func usual(_ part: String, _ archive: ZipArchive) -> String? {
      archive.contains(part) ? part : nil
    }

    /// The sheet that is meant where none is named: the first that is not hidden.
    var main: Sheet { sheets.first { !$0.isHidden } ?? sheets[0] }

    func strings(_ isCancelled: () -> Bool) throws(QueryError) -> SharedStrings {
      let strings = SharedStrings()
      if let stringsPart, archive.contains(stringsPart) {
        try XMLStream.read(stringsPart, of: archive, isCancelled: isCancelled, strings)
      }
      return strings
    }

    func styles() throws(QueryError) -> CellStyles {
      let styles = CellStyles()
      if let stylesPart, archive.contains(stylesPart) { try XMLStream.read(stylesPart, of: archive, styles) }
      return styles
    }
  }

  /// What `workbook.xml` says.
  private final class WorkbookContents: XMLHandler {
    private(set) var sheets: [(name: String, id: String?, isHidden: Bool)] = []
    private(set) var countsFrom1904 = false

    private static let (sheet, properties) = (XMLName("sheet"), XMLName("workbookPr"))
    private static let (name, state, date1904) = (XMLName("name"), XMLName("state"), XMLName("date1904"))
    private static let id = XMLName("id", .relationship)

    func start(_ element: XMLName, _ attributes: XMLAttributes) {
      if element == Self.sheet, let name = attributes.text(Self.name) {
        let state = attributes.text(Self.state) ?? "visible"
        sheets.append((EscapedText.decode(name), attributes.text(Self.id), state != "visible"))
      } else if element == Self.properties {
        countsFrom1904 = attributes.isTrue(Self.date1904)
      }
    }
  }
#endif
