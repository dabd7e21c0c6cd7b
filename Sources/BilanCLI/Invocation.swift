import Bilan
import BilanDiagnostics
import BilanShell

/// What a command line asks for, read and checked: what the argument parser and the fast path both produce.
struct Invocation: Equatable {
  enum Action: Equatable {
    /// The shell, or a batch where standard input is no terminal.
    case shell
    /// Texts given by `-c`, in order.
    case queries([String])
    /// A query on standard input.
    case queryOnInput
    /// A saved query with its own options, not yet read.
    case run(name: String, options: [String])
    case check(files: [String])
    case format(files: [String], mode: FormatMode)
    case explain(code: String)
    case datasets
    /// With `writes`, into a descriptor beside the file too.
    case describe(name: String, writes: Bool)
    case listQueries
    /// Two deliveries, the names of the columns that identify a row, and whether a difference is a failure.
    case compare(old: String, new: String, key: [String]?, isCheck: Bool)
    case listCache
    case addToCache(files: [String])
    /// Of these files, or of all.
    case clearCache(files: [String])
  }

  enum FormatMode: Equatable { case print, check, write }

  var action: Action
  var options: Options

  /// The shared options with their types.
  struct Options: Equatable {
    var data: [String] = []
    var presentation = PresentationSettings()
    var today: String?
    var isStrict = false
    var threads: Int?
    /// Bytes that a query may take; nil for the usual limit.
    var memory: Int?
    /// The file that results go to; standard output where nil.
    var output: String?
    /// Whether a file that is there may be replaced.
    var isForced = false
    /// How far the column cache is used; nil for what the environment says.
    var cache: CacheUse?

    /// How many threads work on a query and on writing its result; all processors unless said.
    var workers: Int { threads ?? Machine.usableProcessors }
  }
}
