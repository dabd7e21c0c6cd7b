import BilanColumnar
import BilanFunctions
import Synchronization

/// A call of which a row gives nothing but one text: worked out once for each text of the dictionary, not for each row.
///
/// The naive way searches `id3 ~ "99"` in every row, or in every chunk's texts anew. Here the dictionary, which chunks of
/// a table share, is itself the column that the kernel sees, with a missing text after the last; a row is then a look-up
/// by its code.
final class DictionaryCall: Sendable {
  private struct Answers: Sendable {
    var dictionary: TextDictionary
    var values: Column
    /// Of a condition.
    var flags: TextFlags?
  }

  let call: PhysicalCall
  private let column: Int
  private let known = Mutex<[Answers]>([])

  /// Dictionaries much larger than the rows that ask are not worth it.
  private static let mostTexts = 1 << 20

  /// - Returns: nil where a row gives more than a text, or the call counts what it sees.
  init?(_ call: PhysicalCall, type: DataType) {
    guard call.conditionCounter == nil, type.columnKind != .ratio else { return nil }
    var found: Int?
    for argument in call.arguments {
      let column: Int
      switch argument.kind {
      case .constant: continue
      case .column(let index):
        guard argument.type == .text else { return nil }
        column = index
      // What such a call gives is known for each text too: `fold(sex) in ["f", "femme"]`.
      case .dictionary(let inner): column = inner.column
      case .call, .membership: return nil
      }
      guard found ?? column == column else { return nil }
      found = column
    }
    guard let found, type != .missing else { return nil }
    self.call = call
    column = found
  }

  /// The value on every row; nil where it is better worked out for the rows at hand, or some text fails.
  func evaluate(_ chunk: Chunk, _ context: KernelContext) -> Column? {
    guard case .text(let texts) = chunk.columns[column] else { return nil }
    let dictionary = texts.dictionary
    guard let answers = answers(dictionary, rowCount: chunk.count, context) else { return nil }
    if let flags = answers.flags { return .boolean(BooleanColumn(flags.rows(of: texts))) }
    return answers.values.gather(texts.places)
  }

  private func answers(_ dictionary: TextDictionary, rowCount: Int, _ context: KernelContext) -> Answers? {
    if let found = known.withLock({ $0.first { $0.dictionary === dictionary } }) { return found }
    let count = dictionary.count
    guard count > 0, count <= min(Self.mostTexts, 32 * rowCount) else { return nil }
    let codes = Buffer<UInt32>(count: count + 1) { $0 < count ? UInt32($0) : 0 }
    let texts = TextColumn(codes, dictionary, validity: Bitmap(count: count + 1) { $0 < count })
    var own = context
    own.rowCount = count + 1
    var operands: [Operand] = []
    for argument in call.arguments {
      switch argument.kind {
      case .constant(let value): operands.append(.constant(value))
      case .dictionary(let inner):
        guard let values = inner.answers(dictionary, rowCount: rowCount, context)?.values else { return nil }
        operands.append(.column(values))
      default: operands.append(.column(.text(texts)))
      }
    }
    // A text that no row has may fail: then rows are asked.
    guard let values = try? call.kernel(operands, call.types, own) else { return nil }
    var answers = Answers(dictionary: dictionary, values: values)
    if case .boolean(let truths) = values, truths.validity == nil {
      answers.flags = TextFlags(truths.values)
    }
    known.withLock { known in
      // Kernels may make a dictionary for every chunk: only a few are worth keeping.
      if known.count == 8 { known.removeFirst() }
      known.append(answers)
    }
    return answers
  }
}
