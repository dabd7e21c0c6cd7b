import BilanColumnar

/// What one worker collects of one column, block by block.
protocol ColumnCapture: AnyObject {
  /// Takes the records of a block as the rows from `row` of the morsel.
  ///
  /// - Returns: false where the column is better captured in another way.
  func take(_ block: Block, at row: Int) -> Bool
  /// What the morsel's rows hold; the next morsel starts from row 0.
  func finishMorsel(_ rows: Int) -> CapturedPiece

  /// How many texts have codes, the empty one included.
  var textCount: Int { get }
  /// They have the codes that pieces have.
  var texts: TextDictionary { get }
  /// Gives texts their codes before any row is taken.
  func learn(_ texts: TextDictionary)
  /// Nothing may be taken after that.
  func finish() -> CapturedTexts
}

/// The texts that one worker met in one column, by their codes, and what it counted there.
struct CapturedTexts: Sendable {
  var texts: TextDictionary
  /// Whether a text may be there more than once.
  var haveRepeats = false
  var counts = NumberCapture.Counts()
}

/// The cells of one column in one morsel, before it is decided what they mean.
enum CapturedPiece: Sendable {
  /// A cell that is no plain number: its row and the code of its text.
  struct Other: Sendable {
    var row: UInt32
    var code: UInt32
  }

  /// Codes of texts by the worker's table.
  case codes(TextColumn.Codes)
  /// Numbers without a fraction; `bounds` are of those that are there.
  case integers(IntegerColumn.Storage, bounds: IntegerBounds?, empties: [UInt32], others: [Other])
  /// Numbers with at most `digits` digits after the mark, none greater than `greatest` apart from its sign.
  case reals(Buffer<Double>, digits: Int, greatest: Double, empties: [UInt32], others: [Other])

  /// Counts how often each code occurs.
  func count(in counts: inout [Int]) {
    switch self {
    case .codes(.uint8(let codes)): Self.count(codes, in: &counts)
    case .codes(.uint16(let codes)): Self.count(codes, in: &counts)
    case .codes(.uint32(let codes)): Self.count(codes, in: &counts)
    case .integers(_, _, _, let others), .reals(_, _, _, _, let others):
      for other in others { counts[Int(other.code)] += 1 }
    }
  }

  @inline(__always)
  private static func count<Code: FixedWidthInteger & BitwiseCopyable & Sendable>(
    _ codes: Buffer<Code>, in counts: inout [Int]
  ) {
    let codes = codes.span
    for row in codes.indices { counts[Int(codes[row])] &+= 1 }
  }
}

/// How a column is captured.
enum CaptureKind: Sendable, Hashable {
  case text
  case integers(DecimalMark)
  case reals(DecimalMark)

  /// The kind from which a column of this format is made fastest.
  init(_ plan: ColumnPlan) {
    // Where numbers are codes for missing, or have units around, each text is looked at.
    guard !plan.missing.hasNumbers, !plan.allowsMarks else {
      self = .text
      return
    }
    switch plan.format {
    case .integer(let mark): self = .integers(mark)
    // The fractions of what may be codes are looked at.
    case .real where plan.isNamedCode: self = .text
    case .real(let mark, isPercent: false): self = .reals(mark)
    default: self = .text
    }
  }

  /// Whether a column captured in this way can be made as its plan says.
  func serves(_ plan: ColumnPlan, _ profile: ColumnProfile) -> Bool {
    guard case .integers(let captured) = self.reduced else { return true }
    guard !plan.missing.hasNumbers, !plan.allowsMarks else { return false }
    if case .reals = self, case .real = plan.format, plan.isNamedCode { return false }
    switch plan.format {
    case .integer(let mark), .real(let mark, isPercent: false):
      // Without a fraction a number has no mark.
      return mark == captured || !(profile.hasFractions(.point) || profile.hasFractions(.comma))
    default: return false
    }
  }

  /// Reals and integers are alike but for what was kept as text.
  private var reduced: CaptureKind {
    if case .reals(let mark) = self { .integers(mark) } else { self }
  }

  /// What to try where this kind met too many cells that are of none of its.
  var next: CaptureKind {
    switch self {
    case .integers(let mark): .reals(mark)
    case .reals, .text: .text
    }
  }
}
