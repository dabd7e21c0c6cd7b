/// Rows of a table that are read part by part as they are needed, and not kept.
///
/// Whether what was given is what `TableSource.read` would have given is only known in the end: a file's last row may
/// show that a column is of another type. Whoever reads asks `finish`, and where that says no throws away what came of it.
package protocol RowStream: AnyObject, Sendable {
  /// Parts that readers may take in any order, each part once.
  var partCount: Int { get }
  /// About how many rows there are.
  var rowCount: Int { get }
  /// What one thread reads with.
  func makeReader() -> any RowStreamReader
  /// Called once, after every part was read and every reader closed.
  ///
  /// - Returns: whether the parts are the table's rows.
  func finish() -> Bool
}

package protocol RowStreamReader: AnyObject {
  /// - Returns: nil where something was met for which the table cannot be read in parts; then nothing that any reader
  ///   gave holds.
  /// - Throws: what reading throws; when cancelled.
  func read(_ part: Int) throws -> Chunk?
  /// Nothing may be read after that.
  func close()
}
