/// Where the bytes of a block's fields stand; a type for each way, so that each gets loops of its own.
protocol BlockFields {
  /// The bytes of the field whose start stands at `place`, which is the block's stride further from record to record.
  func content(at place: Int) -> (start: Int, end: Int, isQuoted: Bool)
}

/// Fields that are all that stands between their separators.
@safe struct WholeFields: BlockFields {
  private let starts: UnsafePointer<UInt32>

  init(_ block: Block) { unsafe starts = block.starts }

  @inline(__always)
  func content(at place: Int) -> (start: Int, end: Int, isQuoted: Bool) {
    unsafe (Int(starts[place]), Int(starts[place &+ 1]) &- 1, false)
  }
}

/// Fields that may have a carriage return behind them or quotes around them, which are not theirs.
@safe struct StrippedFields: BlockFields {
  private let block: Block
  private let quote: UInt8
  private let checksReturn: Bool
  private let stripsQuotes: Bool

  /// Nil where nothing is to be left out.
  init?(_ block: Block, isLast: Bool, quote: UInt8) {
    self.block = block
    self.quote = quote
    checksReturn = isLast && block.hasReturns
    // Where quotes are mixed, whoever takes a field looks at each.
    stripsQuotes = block.quoting == .plain
    guard checksReturn || stripsQuotes else { return nil }
  }

  @inline(__always)
  func content(at place: Int) -> (start: Int, end: Int, isQuoted: Bool) {
    let (start, end) = block.range(at: place, checksReturn: checksReturn)
    if stripsQuotes, unsafe block.bytes[start] == quote { return (start &+ 1, end &- 1, true) }
    return (start, end, false)
  }
}
