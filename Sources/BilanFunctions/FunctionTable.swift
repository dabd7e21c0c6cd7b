/// Every function, aggregate and operator: the one table that the checker, completion, help and the reference read.
///
/// An entry is made when it is asked for, since a program of a millisecond asks for few.
package enum FunctionTable {
  /// All, in the order of help.
  package static let entries: [FunctionEntry] = families.flatMap { family in family.names.compactMap(family.entry) }

  /// The entry of exactly this name; an operator's is its symbol.
  package static func entry(named name: String) -> FunctionEntry? {
    for family in families { if let entry = family.entry(name) { return entry } }
    return nil
  }

  /// The names of all entries, hidden ones among them, in the order of help.
  package static var names: [String] { families.flatMap(\.names) }

  private typealias Family = (names: [String], entry: @Sendable (String) -> FunctionEntry?)

  private static var families: [Family] {
    [
      (AggregateFunctions.names, AggregateFunctions.entry),
      (NumberFunctions.names, NumberFunctions.entry),
      (TextFunctions.names, TextFunctions.entry),
      (DateFunctions.names, DateFunctions.entry),
      (ConversionFunctions.names, ConversionFunctions.entry),
      (ResolvedFunctions.names, ResolvedFunctions.entry),
      (RatioFunctions.names, RatioFunctions.entry),
      (ArithmeticOperators.names, ArithmeticOperators.entry),
      (ComparisonOperators.names, ComparisonOperators.entry),
      (LogicOperators.names, LogicOperators.entry),
      (Conversions.names, Conversions.entry),
    ]
  }
}
