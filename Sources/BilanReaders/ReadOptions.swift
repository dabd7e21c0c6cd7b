import BilanColumnar

/// What whoever opens a file says about it; nil leaves it to the descriptor, then to the file itself.
package struct ReadOptions: Sendable {
  /// The byte between fields.
  package var delimiter: UInt8?
  package var encoding: TextEncoding?
  package var decimalMark: DecimalMark?
  package var hasHeader: Bool?
  /// The lines of the file, counted from 1, on which the names of its columns are.
  package var headerLines: ClosedRange<Int>?
  /// The order of the parts of dates.
  package var dates: DateOrder?
  /// The order where nothing in a file decides: the project's setting.
  package var usualDates: DateOrder?
  /// The month in which the project's fiscal years begin.
  package var fiscalYearStart: Int?
  /// The cells that mean missing, in every column, instead of the usual ones; empty cells always do.
  package var missingCodes: [String]?
  /// Types by the label or the handle of their columns.
  package var types: [String: DataType]
  /// Rows in a chunk.
  package var chunkRows: Int
  /// How many threads may read at once.
  package var workers: Int
  /// How large files are read.
  package var scan: ScanSizes
  /// What is known of a table whose cells another format had.
  var cells: KnownCells?
  /// Asked while a file is read; once true, opening it ends with `.cancelled`.
  package var isCancelled: @Sendable () -> Bool

  package init(
    delimiter: UInt8? = nil, encoding: TextEncoding? = nil, decimalMark: DecimalMark? = nil, hasHeader: Bool? = nil,
    missingCodes: [String]? = nil, types: [String: DataType] = [:], chunkRows: Int = 65_536, workers: Int = 1,
    scan: ScanSizes = ScanSizes(), isCancelled: @escaping @Sendable () -> Bool = { false }
  ) {
    self.delimiter = delimiter
    self.encoding = encoding
    self.decimalMark = decimalMark
    self.hasHeader = hasHeader
    self.missingCodes = missingCodes
    self.types = types
    self.chunkRows = chunkRows
    self.workers = workers
    self.scan = scan
    self.isCancelled = isCancelled
  }

  package init() { self.init(delimiter: nil) }
}

/// What is known of a table that comes from a format which has tables, and not from text that may hold one.
struct KnownCells: Sendable {
  /// Nothing stands around the table: no titles above it, no footnotes below.
  var isBare = false
  /// Whether rows of a bare table may be totals of others.
  var mayHaveTotals = false
  /// The lines of the file on which the rows begin, the header's first; empty where that is not known.
  var lines: [UInt32] = []
  /// The columns whose numbers are written with a decimal point and without marks for thousands.
  var pointColumns: Set<Int> = []
  /// What there is to say of numbers among the texts of those columns, whose marks nothing decides.
  var remarks: [Int: [ColumnGuess.Remark]] = [:]
  /// The columns in which numbers with a mark stand as texts.
  var markedColumns: Set<Int> = []
  /// What the format says that numbers are measured in, by column.
  var units: [Int: String] = [:]
  /// How many columns the table has, where that is known.
  var width: Int?
}
