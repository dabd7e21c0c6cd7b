#if Spreadsheets
  /// Which format the cells of each style have.
  final class CellStyles: XMLHandler {
    private var codes: [Int: NumberFormatKind] = [:]
    private var currencyCodes: [Int: String] = [:]
    private var unitCodes: [Int: String] = [:]
    private var formats: [Int] = []
    private var isInCellFormats = false
    private lazy var kinds = formats.map { codes[$0] ?? NumberFormatKind(builtIn: $0) ?? .plain }
    private lazy var currencies = formats.map { format in currencyCodes[format].map { Array((" " + $0).utf8) } }

    private lazy var units = formats.map { unitCodes[$0] }

    /// The kind of the cells with this style; plain for a style that is not declared.
    func kind(_ style: Int) -> NumberFormatKind { kinds.indices.contains(style) ? kinds[style] : .plain }

    /// What stands behind the numbers of cells with this style: a blank and a currency; nil for none.
    func currency(_ style: Int) -> [UInt8]? { currencies.indices.contains(style) ? currencies[style] : nil }

    /// The unit that is shown behind the numbers of cells with this style, and is no currency; nil for none.
    func unit(_ style: Int) -> String? { units.indices.contains(style) ? units[style] : nil }

    private static let (format, cellFormats, cellFormat) = (XMLName("numFmt"), XMLName("cellXfs"), XMLName("xf"))
    private static let (id, code) = (XMLName("numFmtId"), XMLName("formatCode"))

    func start(_ name: XMLName, _ attributes: XMLAttributes) {
      if name == Self.cellFormats {
        isInCellFormats = true
      } else if name == Self.cellFormat, isInCellFormats {
        formats.append(attributes.integer(Self.id) ?? 0)
      } else if name == Self.format, let id = attributes.integer(Self.id), let code = attributes.text(Self.code) {
        codes[id] = NumberFormatKind(code: code)
        let literals = NumberFormatLiterals(code)
        currencyCodes[id] = literals.currency
        unitCodes[id] = literals.currency == nil ? literals.unit : nil
      }
    }

    func end(_ name: XMLName) {
      if name == Self.cellFormats { isInCellFormats = false }
    }
  }
#endif
