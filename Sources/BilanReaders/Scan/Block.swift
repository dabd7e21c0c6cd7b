import BilanColumnar
import BilanDiagnostics
import CScan

/// A piece of a file cut into fields: whole records of the file's width, all of them.
///
/// Field `f` of record `r` is the bytes `starts[r * stride + f] ..< starts[r * stride + f + 1] - 1`. It is only there
/// while its reader stands still.
@safe struct Block {
  /// Followed by at least `Block.slack` readable bytes.
  var bytes: UnsafePointer<UInt8>
  var starts: UnsafePointer<UInt32>
  var stride: Int
  var count: Int
  /// Whether a last field may be followed by a carriage return, which is no part of it.
  var hasReturns: Bool
  /// Bytes above 127.
  var hasHigh: Bool
  var quoting: Quoting
  var byteCount: Int

  /// What quotes there are.
  enum Quoting {
    case none
    /// Each stands at one end of a field and has its like at the other.
    case plain
    /// There are doubled quotes inside quotes, or something behind a closing one.
    case mixed
  }

  /// Eight bytes may be loaded wherever a field starts.
  static let slack = 64

  /// The bytes of a field of a record.
  @inline(__always)
  func range(_ record: Int, _ field: Int, isLast: Bool) -> (start: Int, end: Int) {
    range(at: record &* stride &+ field, checksReturn: isLast && hasReturns)
  }

  /// The same by the place of its start, which is `stride` further from record to record.
  @inline(__always)
  func range(at place: Int, checksReturn: Bool) -> (start: Int, end: Int) {
    let start = unsafe Int(starts[place])
    var end = unsafe Int(starts[place &+ 1]) &- 1
    if checksReturn, end > start, unsafe bytes[end &- 1] == 0x0D { end &-= 1 }
    return (start, end)
  }

  /// All bytes as a span, for what is not in a hurry.
  var span: Swift.Span<UInt8> {
    @_lifetime(borrow self)
    get {
      // SAFETY: the memory is the reader's, which outlives the block.
      let span = unsafe Swift.Span(_unsafeStart: bytes, count: byteCount)
      return unsafe _overrideLifetime(span, borrowing: self)
    }
  }
}

/// What makes a file one that blocks cannot be made of; it is then read whole, with care.
enum Obstacle: Error {
  /// A record of another width, a blank line, a stray quote, a quote that spans a cut or never closes, a lone carriage
  /// return, a byte that is no text.
  case structure
}

/// Records that have nothing in any field: how many there are, and which is the first.
struct EmptyRecords: Sendable {
  private(set) var count = 0
  private(set) var first: Int?

  mutating func add(_ record: Int) {
    count += 1
    first = first ?? record
  }

  /// Takes those of later records, which are counted from `start`.
  mutating func append(_ later: EmptyRecords, from start: Int) {
    count += later.count
    first = first ?? later.first.map { start + $0 }
  }
}

/// Reads a stretch of a file piece by piece into memory that stays in the cache.
@safe final class BlockReader {
  private let file: OpenedFile
  private let dialect: Dialect
  private let width: Int
  private let blockSize: Int
  private var memory: UnsafeMutablePointer<UInt8>
  private var capacity: Int
  private var ends: UnsafeMutablePointer<UInt32>
  private var endCapacity: Int

  /// Where the next piece is read from, and where the stretch ends.
  private var offset = 0
  private var limit = 0
  /// What was read and not yet given: bytes at the start of the memory.
  private var held = 0
  /// Where in the file the memory's first byte stands.
  private var base = 0
  /// Bytes of the block given last.
  private var given = 0

  private(set) var hasLineEndsInQuotes = false
  /// Records of the stretch given so far, and those of them that have nothing in any field.
  private var recordCount = 0
  private(set) var emptyRecords = EmptyRecords()

  init(_ file: OpenedFile, _ dialect: Dialect, width: Int, blockSize: Int) {
    self.file = file
    self.dialect = dialect
    self.width = width
    self.blockSize = blockSize
    capacity = blockSize + 4096
    unsafe memory = .allocate(capacity: capacity + Block.slack)
    endCapacity = 0
    unsafe ends = .allocate(capacity: 1)
    growEnds()
  }

  deinit {
    unsafe memory.deallocate()
    unsafe ends.deallocate()
  }

  /// Room for a separator in every byte, one start before them and the group that is written past the end.
  private func growEnds() {
    unsafe ends.deallocate()
    endCapacity = capacity + Block.slack + 80
    unsafe ends = .allocate(capacity: endCapacity)
  }

  /// Begins a stretch, which starts at a record and ends after one.
  func begin(_ stretch: Range<Int>) {
    offset = stretch.lowerBound
    limit = stretch.upperBound
    held = 0
    given = 0
    recordCount = 0
    emptyRecords = EmptyRecords()
  }

  /// The next whole records; nil at the end of the stretch.
  func next() throws -> Block? {
    while true {
      // What the last block left goes to the front.
      if given > 0 {
        held -= given
        if held > 0 { unsafe memory.update(from: memory + given, count: held) }
        given = 0
      }
      if held == 0, offset == limit { return nil }
      let wanted = min(blockSize, limit - offset)
      if held + wanted > capacity { grow(to: held + wanted) }
      if wanted > 0 {
        let room = unsafe UnsafeMutableRawBufferPointer(start: memory + held, count: wanted)
        guard unsafe try file.read(at: offset, into: room) == wanted else { throw Obstacle.structure }
        offset += wanted
        held += wanted
      }
      for place in 0..<Block.slack { unsafe memory[held + place] = 0x20 }
      if let block = try cut(isLast: offset == limit) { return block }
      if offset == limit { throw Obstacle.structure }
    }
  }

  private func grow(to size: Int) {
    let larger = UnsafeMutablePointer<UInt8>.allocate(capacity: size * 2 + Block.slack)
    unsafe larger.update(from: memory, count: held)
    unsafe memory.deallocate()
    unsafe memory = larger
    capacity = size * 2
    growEnds()
  }

  /// Cuts what is held; nil where there is not one whole record yet.
  private func cut(isLast: Bool) throws -> Block? {
    var size = held
    // The last line of a file may lack its end.
    if isLast, unsafe memory[held - 1] != 0x0A {
      unsafe memory[held] = 0x0A
      size += 1
    }
    unsafe ends[0] = 0
    let found = unsafe bilan_scan(memory, size, dialect.delimiter, dialect.quote, ends + 1)
    if found.has_zero != 0 { throw Obstacle.structure }
    if found.has_stray_quote != 0 { return try cutWithCare(size, isLast: isLast, hasHigh: found.has_high != 0) }
    if found.has_quoted_line_end != 0 { hasLineEndsInQuotes = true }
    let count = found.separators / width
    // A return as the last byte may still be followed by its line feed, or stand in quotes that are still open.
    let mayBeOpen = unsafe memory[size - 1] == 0x0D
    guard found.lone_returns <= (mayBeOpen ? 1 : 0) else { throw Obstacle.structure }
    // Every line has the width, if every width-th separator is a line feed and there are no others.
    var last = 0
    var place = width
    var isEven = true
    // A record of nothing but separators may have a return before its last.
    let most = width + (found.has_return != 0 ? 1 : 0)
    for record in 0..<count {
      let end = unsafe Int(ends[place])
      isEven = unsafe isEven && memory[end - 1] == 0x0A
      if end - last <= most, unsafe end - last == width || memory[end - 2] == 0x0D {
        emptyRecords.add(recordCount + record)
      }
      last = end
      place += width
    }
    guard isEven, found.line_feeds == count else { throw Obstacle.structure }
    if count == 0 { return nil }
    recordCount += count
    given = min(last, held)
    return unsafe Block(
      bytes: memory, starts: ends, stride: width, count: count, hasReturns: found.has_return != 0,
      hasHigh: found.has_high != 0,
      quoting: found.quotes == 0 ? .none : found.has_doubled_quote != 0 ? .mixed : .plain, byteCount: size)
  }

  /// Records one after the other, in a block with quotes that do not stand at the edges of fields.
  private func cutWithCare(_ size: Int, isLast: Bool, hasHigh: Bool) throws -> Block? {
    let bytes = unsafe Swift.Span(_unsafeStart: memory, count: size)
    var scanner = RecordScanner(delimiter: dialect.delimiter, quote: dialect.quote, from: 0)
    var starts: [UInt32] = []
    starts.reserveCapacity((width + 1) * 64)
    var count = 0
    var last = 0
    while scanner.position < size {
      let before = starts.count
      let fields = scanner.next(bytes, into: &starts)
      let end = scanner.position
      // Only what a line feed ends is surely whole.
      if scanner.unterminated != nil || bytes[end - 1] != 0x0A {
        if isLast { throw Obstacle.structure }
        starts.removeLast(starts.count - before)
        break
      }
      guard fields == width, scanner.strayCount == 0 else { throw Obstacle.structure }
      if starts[before + width] - starts[before] == width { emptyRecords.add(recordCount + count) }
      count += 1
      last = end
    }
    if count == 0 { return nil }
    recordCount += count
    if !hasLineEndsInQuotes {
      var lineEnds = 0
      for place in 0..<last where bytes[place] == 0x0A || bytes[place] == 0x0D {
        if bytes[place] == 0x0A || bytes[place + 1] != 0x0A { lineEnds += 1 }
      }
      hasLineEndsInQuotes = lineEnds != count
    }
    precondition(starts.count <= endCapacity)
    for place in starts.indices { unsafe ends[place] = starts[place] }
    given = min(last, held)
    return unsafe Block(
      bytes: memory, starts: ends, stride: width + 1, count: count, hasReturns: false, hasHigh: hasHigh,
      quoting: .mixed, byteCount: size)
  }
}
