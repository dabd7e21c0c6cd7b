import BilanColumnar

/// Which types an argument may have. The resolver converts (whole number to real, ratio to its value, year to period,
/// day to date, `missing` to anything) before a kernel sees it.
package enum TypePattern: Sendable, Hashable {
  /// Exactly this type, or one that converts to it.
  case exactly(DataType)
  /// A duration in either unit.
  case anyDuration
  /// A list, whatever its elements are.
  case anyList
  /// The type of the plain elements of the list that is the first argument.
  case element
  /// Any type; all arguments so marked in one signature get one common type.
  case same
  /// As `same`, without ratios and booleans: what can be ordered.
  case sameOrdered
  /// Any type, on its own.
  case any
}

/// The type of what a function gives.
package enum ResultType: Sendable, Hashable {
  case exactly(DataType)
  /// The common type of the arguments marked `same` or `sameOrdered`.
  case same
  /// The type of the argument at this position.
  case argument(Int)
}

/// Which values of its type an argument may have.
package enum Domain: Sendable {
  case any
  /// From 0 to 1.
  case share
  /// Between 0 and 1, neither of them.
  case level
}

package struct Parameter: Sendable {
  /// As in `level: 90%`.
  package var name: String
  package var pattern: TypePattern
  /// Used where the argument is left out.
  package var defaultValue: Value?
  /// Must be known before the query runs: a literal, a `$parameter`, an expression of them.
  package var mustBeConstant: Bool
  /// Of a constant.
  package var domain: Domain
  /// The last parameter may be given any number of times.
  package var isRepeated: Bool

  package init(
    _ name: String, _ pattern: TypePattern, default defaultValue: Value? = nil, mustBeConstant: Bool = false,
    domain: Domain = .any, isRepeated: Bool = false
  ) {
    self.name = name
    self.pattern = pattern
    self.defaultValue = defaultValue
    self.mustBeConstant = mustBeConstant
    self.domain = domain
    self.isRepeated = isRepeated
  }
}

/// A way to work out a scalar function: columns of given types in, a column out.
///
/// Deterministic and free of side effects; missing in, missing out unless the function says otherwise.
package typealias ScalarKernel =
  @Sendable (_ arguments: [Operand], _ types: [DataType], _ context: KernelContext) throws(KernelError) -> Column

/// One overload of a scalar function or an operator.
package struct ScalarOverload: Sendable {
  package var parameters: [Parameter]
  package var result: ResultType
  package var kernel: ScalarKernel

  package init(_ parameters: [Parameter], _ result: ResultType, kernel: @escaping ScalarKernel) {
    self.parameters = parameters
    self.result = result
    self.kernel = kernel
  }
}

/// One overload of an aggregate.
package struct AggregateOverload: Sendable {
  /// The columns it takes, then the constants (`mustBeConstant`).
  package var parameters: [Parameter]
  package var result: ResultType
  /// A fresh accumulator for columns of these types and constants of these values.
  package var makeAccumulator: @Sendable (_ types: [DataType], _ constants: [Value]) -> any Accumulator

  package init(
    _ parameters: [Parameter], _ result: ResultType,
    makeAccumulator: @escaping @Sendable ([DataType], [Value]) -> any Accumulator
  ) {
    self.parameters = parameters
    self.result = result
    self.makeAccumulator = makeAccumulator
  }
}

/// What an aggregate is on a single row, where a measure is used in `where`, `add` or a key.
package enum RowForm: Sendable {
  /// Its first argument, converted to the result type: `sum`, `mean`, `min`, `first`.
  case argument
  /// 1: `count`; as `presence` where there is an argument: `count(x)`.
  case one
  /// 1 where the first argument has a value, else 0: `count_distinct(x)`.
  case presence
  /// The scalar function of this name with the same column arguments: `ratio` has one on rows.
  case scalar(String)
  /// Missing: one row has no `stddev`.
  case missing
}

/// The state of one aggregate, one slot per group index.
///
///     update(chunk 0) ─┐
///     update(chunk 1) ─┴─ merge(of later rows) ── finish
///
/// Rows come in their order within an accumulator, and `merge` takes one that has seen later rows, so `first`, `last`
/// and `list` are defined. The result must not depend on how rows were cut into chunks or accumulators: sums of reals
/// are kept in double-double (error-free) arithmetic.
package protocol Accumulator: AnyObject {
  /// Makes slots for group indices below `count`.
  func grow(to count: Int)

  /// Takes rows: `groups[row]` is the group index of each. Arguments are the column arguments only.
  func update(_ arguments: [Operand], groups: Buffer<UInt32>, rowCount: Int) throws(KernelError)

  /// What a chunk adds to plain sums, which can then be worked out beside those of others; nil where there is more to do
  /// than that.
  func laneValues(_ arguments: [Operand], rowCount: Int) -> LaneValues?

  /// Takes such sums, one for each of the first slots.
  func addLane(_ sums: [Int64])

  /// Takes rows of one argument that stand for as many equal ones as `weights` say, as counts and sums of whole numbers
  /// and of decimals can.
  func update(_ column: Column, weights: Buffer<Int64>, groups: Buffer<UInt32>)

  /// Takes what `other`, of the same kind, has gathered from later rows; its group `i` is `groups[i]` here.
  func merge(_ other: any Accumulator, groups: [UInt32]) throws(KernelError)

  /// One value per group, in the order of group indices.
  ///
  /// - Parameters:
  ///   - rowCounts: how many rows of each group were taken. They are counted once for all accumulators of the same rows,
  ///     which count only what they leave out.
  ///   - workers: who may help.
  func finish(rowCounts: [Int64], workers: Workers) throws(KernelError) -> Column

  /// How many values were left out because they were missing.
  var skippedCount: Int { get }

  /// This accumulator's result over what `other` has gathered, if both gather the same: a sum and a mean are made of one
  /// total.
  func over(_ other: any Accumulator) -> (any Accumulator)?
}

extension Accumulator {
  package func over(_ other: any Accumulator) -> (any Accumulator)? { nil }

  package func laneValues(_ arguments: [Operand], rowCount: Int) -> LaneValues? { nil }

  package func addLane(_ sums: [Int64]) { preconditionFailure("only plain sums have lanes") }

  package func update(_ column: Column, weights: Buffer<Int64>, groups: Buffer<UInt32>) {
    preconditionFailure("only counts and sums have weights")
  }
}
