import Bilan
import BilanDiagnostics
import BilanRenderers
import BilanShell

/// Runs the examples of the documentation over the shipped datasets, as a terminal of 100 columns shows them.
///
/// All run in one session, as if they were typed one after the other: what is said once a session is said once a page.
struct ExampleRunner {
  /// The day on which the documentation takes place.
  static let today = "2021-01-22"

  private let session: Session

  init() throws {
    session = Session(
      catalog: try Catalog([Repository.path("datasets")]), options: SessionOptions(today: Self.today))
  }

  /// What a query shows, and whether there was something wrong: an error, or a check that failed.
  func show(_ query: String) -> (text: String, isWrong: Bool) {
    let output = BufferOutput()
    let environment = CommandEnvironment(
      arguments: [], currentDirectory: Repository.root, output: output, errorOutput: output, isOutputTerminal: true,
      isErrorTerminal: true, terminalSize: { TerminalSize(columns: 100, rows: 40) })
    let presenter = ResultPresenter(
      PresentationSettings(language: .english, format: .table, color: .never, maxRows: 12), environment: environment)
    var status: Int32
    do {
      status = presenter.show(try session.run(query))
    } catch {
      status = presenter.show(error.queryError)
    }
    let lines = output.text.split(separator: "\n", omittingEmptySubsequences: false).map { line in
      String(line.reversed().drop { $0 == " " }.reversed())
    }
    return (lines.joined(separator: "\n").trimmingLineFeeds, status != ExitStatus.done)
  }

  /// The one value of an expression, as a table shows it; nil where it has none.
  func value(_ expression: String) -> String? {
    guard let result = try? session.run(expression).first, result.rowCount == 1, result.columns.count == 1 else {
      return nil
    }
    var sink = BufferSink()
    render(result.table, notes: [], as: .markdown, options: RenderOptions(), into: &sink)
    let rows = sink.text.split(separator: "\n")
    guard rows.count > 2, rows[2].hasPrefix("| "), rows[2].hasSuffix(" |") else { return nil }
    let cell = String(rows[2].dropFirst(2).dropLast(2)).trimmingSpaces
    return cell.isEmpty ? "·" : cell
  }

}

extension String {
  fileprivate var trimmingLineFeeds: String {
    String(drop { $0 == "\n" }.reversed().drop { $0 == "\n" }.reversed())
  }

  var trimmingSpaces: String { String(drop { $0 == " " }.reversed().drop { $0 == " " }.reversed()) }
}
