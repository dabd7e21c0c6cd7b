/// The texts of a dictionary as numbers: short ones over few characters, as identifiers are.
///
/// What all begin with is left out; the bytes that are left are the digits of a number, above the numbers of all that have
/// fewer, so that two texts have the same number only where they are the same:
///
///     id1  id7  id12  id120       0 ▶ 0   1 ▶ 1   2 ▶ 2   7 ▶ 3
///       └─ what is left           texts of one digit from 1 on, of two from 5 on, of three from 21 on
///
/// Texts then compare as integers, without a look at their bytes or a hash, and often are few enough for a table with a
/// place for each.
struct PackedTexts: Sendable {
  /// What all texts begin with.
  private let prefix: [UInt8]
  /// The digit of each byte; `noDigit` for those that no text has.
  private let digits: [UInt8]
  private let base: UInt64
  /// Whether the digits are those of numbers, which are read eight at a time.
  private let areDecimal: Bool
  /// The first number of the texts with so many digits.
  private let starts: [UInt64]
  /// All numbers are below it; what is none of the texts for sure has it for a number.
  let end: UInt64

  private static let noDigit = UInt8.max
  /// Bytes of a text at most, without what all begin with.
  private static let mostDigits = 40
  /// Texts looked at before all are.
  private static let sampleCount = 1024

  /// - Returns: nil where the numbers would leave 62 bits, or there are no texts.
  init?(_ dictionary: TextDictionary, workers: Workers) {
    guard dictionary.count > 0 else { return nil }
    let reference = dictionary.utf8(0)
    let sample = Survey(dictionary, 0..<min(dictionary.count, Self.sampleCount), reference)
    guard Self.packed([sample], reference) != nil else { return nil }
    let ranges = workers.ranges(of: dictionary.count, least: 1 << 12)
    let surveys = workers.run(ranges.count) { Survey(dictionary, ranges[$0], reference) }
    guard let packed = Self.packed(surveys, reference) else { return nil }
    self = packed
  }

  private init(prefix: [UInt8], digits: [UInt8], base: UInt64, starts: [UInt64], end: UInt64) {
    self.prefix = prefix
    self.digits = digits
    self.base = base
    areDecimal = base == 10 && (0x30...0x39).allSatisfy { digits[$0] == UInt8($0 - 0x30) }
    self.starts = starts
    self.end = end
  }

  /// What some texts have in common.
  private struct Survey: Sendable {
    /// Bytes that all begin with, which are those of the reference.
    var prefixCount: Int
    var longest: Int
    /// Of each byte whether it stands behind the prefix of some text.
    var isUsed: [Bool]

    init(_ dictionary: TextDictionary, _ codes: Range<Int>, _ reference: [UInt8]) {
      let (bytes, offsets) = (dictionary.bytes, dictionary.offsets)
      let (source, places) = (bytes.span, offsets.span)
      var prefix = reference.count
      var longest = 0
      // Texts of up to eight digits, of which it is not told which these are.
      var hasNumbers = false
      var used = [Bool](repeating: false, count: 256)
      var flags = used.mutableSpan
      for code in codes {
        let start = Int(places[code])
        let end = Int(places[code &+ 1])
        longest = max(longest, end &- start)
        var common = 0
        let most = min(prefix, end &- start)
        while common < most, source[start &+ common] == reference[common] { common &+= 1 }
        prefix = common
        // A long text decides; its bytes need not be looked at.
        if longest &- prefix > PackedTexts.mostDigits { break }
        let count = end &- start &- prefix
        if 1...8 ~= count, end >= 8, DigitWords.number(source, before: end, count: count) != nil {
          hasNumbers = true
          continue
        }
        for index in start &+ prefix..<end { flags[Int(source[index])] = true }
      }
      if hasNumbers { for digit in 0x30...0x39 { flags[digit] = true } }
      prefixCount = prefix
      isUsed = used
      self.longest = longest
    }
  }

  private static func packed(_ surveys: [Survey], _ reference: [UInt8]) -> PackedTexts? {
    let prefixCount = surveys.map(\.prefixCount).min() ?? 0
    let digitCount = (surveys.map(\.longest).max() ?? 0) - prefixCount
    guard digitCount <= mostDigits else { return nil }
    var isUsed = [Bool](repeating: false, count: 256)
    for survey in surveys { for byte in 0..<256 where survey.isUsed[byte] { isUsed[byte] = true } }
    // What was in common for some texts only.
    for byte in reference[prefixCount...] { isUsed[Int(byte)] = true }
    var digits = [UInt8](repeating: noDigit, count: 256)
    var base: UInt64 = 0
    for byte in 0..<256 where isUsed[byte] {
      digits[byte] = UInt8(truncatingIfNeeded: base)
      base += 1
    }
    guard base <= UInt64(noDigit) else { return nil }
    var starts: [UInt64] = []
    var (end, power): (UInt64, UInt64) = (0, 1)
    for _ in 0...digitCount {
      starts.append(end)
      end += power
      let (next, overflows) = power.multipliedReportingOverflow(by: base)
      guard !overflows, end < 1 << 62, next < 1 << 62 else { return nil }
      power = next
    }
    return PackedTexts(
      prefix: Array(reference[..<prefixCount]), digits: digits, base: base, starts: starts, end: end)
  }

  /// The number of each text of a dictionary, `end` for what is none of the texts that were packed.
  func words(of dictionary: TextDictionary, workers: Workers) -> Buffer<UInt64> {
    let ranges = workers.ranges(of: dictionary.count, least: 1 << 12)
    return Buffer(
      count: dictionary.count,
      workersFill: { words in
        _ = workers.run(ranges.count) { number in
          forEachWord(of: dictionary, ranges[number]) { words.put($1, at: $0) }
        }
      })
  }

  /// The greatest number of a text of the dictionary that was packed.
  func greatest(of dictionary: TextDictionary, workers: Workers) -> UInt64 {
    let ranges = workers.ranges(of: dictionary.count, least: 1 << 12)
    return workers.run(ranges.count) { number in
      var greatest: UInt64 = 0
      forEachWord(of: dictionary, ranges[number]) { greatest = max(greatest, $1) }
      return greatest
    }.max() ?? 0
  }

  @inline(__always)
  func forEachWord(of dictionary: TextDictionary, _ codes: Range<Int>, _ body: (_ code: Int, _ word: UInt64) -> Void) {
    let (bytes, offsets) = (dictionary.bytes, dictionary.offsets)
    let (source, places) = (bytes.span, offsets.span)
    let (digits, starts, prefix) = (digits.span, starts.span, prefix.span)
    for code in codes {
      let start = Int(places[code])
      let stop = Int(places[code &+ 1])
      let digitCount = stop &- start &- prefix.count
      guard digitCount >= 0, digitCount < starts.count else {
        body(code, end)
        continue
      }
      var isKnown = true
      for place in prefix.indices { isKnown = isKnown && source[start &+ place] == prefix[place] }
      let digitStart = start &+ prefix.count
      var word: UInt64 = 0
      if areDecimal, 1...8 ~= digitCount, stop >= 8 {
        let number = DigitWords.number(source, before: stop, count: digitCount)
        isKnown = isKnown && number != nil
        word = number ?? 0
      } else {
        for index in digitStart..<stop {
          let digit = digits[Int(source[index])]
          isKnown = isKnown && digit != Self.noDigit
          word = word &* base &+ UInt64(digit)
        }
      }
      body(code, isKnown ? starts[digitCount] &+ word : end)
    }
  }

  /// The same some at a time: what is then looked up far away by each number does not wait for the bytes of the next text.
  ///
  /// - Parameter body: is given the numbers of the codes from `start` on.
  func forEachStretch(
    of dictionary: TextDictionary, _ codes: Range<Int>, _ body: (_ start: Int, _ words: Span<UInt64>) -> Void
  ) {
    let size = 512
    var words = [UInt64](repeating: 0, count: size)
    var start = codes.lowerBound
    while start < codes.upperBound {
      let stop = min(start &+ size, codes.upperBound)
      do {
        var slots = words.mutableSpan
        forEachWord(of: dictionary, start..<stop) { slots[$0 &- start] = $1 }
      }
      body(start, words.span.extracting(0..<stop &- start))
      start = stop
    }
  }
}
