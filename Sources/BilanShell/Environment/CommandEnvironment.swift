import Bilan
import BilanDiagnostics
import Glibc

/// The size of a terminal in characters.
package struct TerminalSize: Sendable, Equatable {
  package var columns: Int
  package var rows: Int

  package init(columns: Int, rows: Int) {
    self.columns = columns
    self.rows = rows
  }
}

/// All that the command and the shell touch outside themselves: tests inject their own.
package struct CommandEnvironment {
  /// Without the program's name.
  package var arguments: [String]
  package var variables: [String: String]
  package var currentDirectory: String
  /// Everything on standard input; nil where it cannot be read.
  package var readInput: () -> String?
  package var output: any TextOutput
  package var errorOutput: any TextOutput
  package var isInputTerminal: Bool
  package var isOutputTerminal: Bool
  package var isErrorTerminal: Bool
  /// The size of the terminal at this moment.
  package var terminalSize: @Sendable () -> TerminalSize
  /// Whether what runs was interrupted.
  package var interruption: any Interruption
  /// The bytes from which files are kept in the column cache.
  package var leastCachedSize = ColumnCache.usualLeastSize

  package init(
    arguments: [String], variables: [String: String] = [:], currentDirectory: String,
    readInput: @escaping () -> String? = { "" }, output: any TextOutput, errorOutput: any TextOutput,
    isInputTerminal: Bool = false, isOutputTerminal: Bool = false, isErrorTerminal: Bool = false,
    terminalSize: @escaping @Sendable () -> TerminalSize = { TerminalSize(columns: 80, rows: 24) },
    interruption: any Interruption = NoInterruption()
  ) {
    self.arguments = arguments
    self.variables = variables
    self.currentDirectory = currentDirectory
    self.readInput = readInput
    self.output = output
    self.errorOutput = errorOutput
    self.isInputTerminal = isInputTerminal
    self.isOutputTerminal = isOutputTerminal
    self.isErrorTerminal = isErrorTerminal
    self.terminalSize = terminalSize
    self.interruption = interruption
  }

  /// The environment of this process.
  package static func ofProcess() -> CommandEnvironment {
    CommandEnvironment(
      arguments: Array(CommandLine.arguments.dropFirst()),
      variables: variablesOfProcess(),
      currentDirectory: workingDirectory(),
      readInput: { FileSystem.readAll(descriptor: 0).map { String(decoding: $0, as: UTF8.self) } },
      output: FileOutput(descriptor: 1),
      errorOutput: FileOutput(descriptor: 2),
      isInputTerminal: isatty(0) == 1,
      isOutputTerminal: isatty(1) == 1,
      isErrorTerminal: isatty(2) == 1,
      terminalSize: Terminal.size,
      interruption: SignalInterruption())
  }

  private static func workingDirectory() -> String {
    guard let path = unsafe getcwd(nil, 0) else { return "." }
    defer { unsafe free(path) }
    return unsafe String(cString: path)
  }

  /// Only the variables that are looked at: a copy of all would cost time at every start.
  private static func variablesOfProcess() -> [String: String] {
    let names = [
      "LC_ALL", "LC_MESSAGES", "LANG", "NO_COLOR", "TERM", "HOME", "XDG_STATE_HOME", "XDG_CACHE_HOME", "COLUMNS",
      "BILAN_HISTORY", "BILAN_CACHE",
    ]
    var variables: [String: String] = [:]
    for name in names {
      if let value = unsafe getenv(name) { variables[name] = unsafe String(cString: value) }
    }
    return variables
  }
}

extension CommandEnvironment {
  /// The language that the locale asks for.
  package var preferredLanguage: Language {
    for name in ["LC_ALL", "LC_MESSAGES", "LANG"] {
      guard let locale = variables[name], !locale.isEmpty else { continue }
      return locale.hasPrefix("fr") ? .french : .english
    }
    return .english
  }

  /// Whether the terminal can do more than print: `TERM=dumb` cannot.
  package var hasCapableTerminal: Bool { variables["TERM"] != "dumb" && variables["TERM"] != nil }
}

package enum Terminal {
  /// The size of the terminal on standard output, else on standard error; 80 × 24 where there is none.
  @Sendable package static func size() -> TerminalSize {
    var size = winsize()
    for descriptor: Int32 in [1, 2, 0] {
      if unsafe ioctl(descriptor, UInt(TIOCGWINSZ), &size) == 0, size.ws_col > 0 {
        return TerminalSize(columns: Int(size.ws_col), rows: max(1, Int(size.ws_row)))
      }
    }
    return TerminalSize(columns: 80, rows: 24)
  }
}
