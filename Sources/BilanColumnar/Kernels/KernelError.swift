/// What can go wrong in a kernel, which knows rows but not the query text.
package enum KernelError: Error, Sendable {
  /// The result of the first such row leaves 64 bits.
  case overflow(row: Int)
  /// A pattern that is not a regular expression, with the reason in words for the user: English, then French.
  case invalidPattern(String, reason: String, fr: String)
  /// An argument outside what the function takes, in words for the user: English, then French.
  case invalidArgument(String, fr: String)
}
