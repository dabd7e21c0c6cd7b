import Bilan
import BilanDiagnostics

/// How far a session uses the column cache.
package enum CacheUse: Sendable, Equatable {
  /// Neither are entries taken nor made.
  case none
  /// Entries are taken where there are some.
  case use
  /// And made of the large files that are read.
  case keep

  /// What the variable `BILAN_CACHE` asks for.
  package static func asked(in variables: [String: String]) -> CacheUse {
    switch variables["BILAN_CACHE"] {
    case "1", "on": .keep
    case "0", "off": .none
    default: .use
    }
  }
}

/// Looks after the column cache when queries have run: keeps what they read, where that is asked for, and takes away what
/// is no entry any more.
package struct CacheKeeper: Sendable {
  package let cache: ColumnCache
  package let folder: CacheFolder
  package var isKeeping: Bool

  /// - Returns: nil where the cache is not used, or has no place.
  package init?(_ use: CacheUse, environment: CommandEnvironment) {
    guard use != .none, let folder = CacheFolder.standard(environment.variables) else { return nil }
    self.folder = folder
    cache = ColumnCache(folder: folder.path, version: BilanVersion.text, leastSize: environment.leastCachedSize)
    isKeeping = use == .keep
  }

  /// What is to be done after a query.
  ///
  /// - Returns: what could not be done, which spoils no result.
  package func lookAfter(isCancelled: @escaping @Sendable () -> Bool) -> [Diagnostic] {
    removeRejected()
    // Otherwise they wait: it may be asked for later.
    guard isKeeping else { return [] }
    var warnings: [Diagnostic] = []
    for reading in cache.takeReadings() {
      do throws(QueryError) {
        if try keep(reading, isCancelled: isCancelled) == nil { warnings.append(Self.notAsItIs(reading.path)) }
      } catch {
        // Whoever interrupts wants the prompt, or the end.
        if error.kind == .cancelled { return warnings }
        let reason = error.diagnostics.first?.message ?? Localized(verbatim: "")
        warnings.append(Self.notKept(reading.path, reason))
      }
    }
    return warnings
  }

  /// Takes away what turned out to be no entry, where it is still that.
  package func removeRejected() {
    for rejected in cache.takeRejected() where rejected.isThere { _ = folder.remove(rejected.path) }
  }

  /// Keeps a file.
  ///
  /// - Returns: where its entry is; nil where something of it has no place in one.
  /// - Throws: what reading it throws; `cannotWrite`.
  package func keep(
    _ reading: ColumnCache.Reading, isCancelled: @escaping @Sendable () -> Bool
  ) throws(QueryError) -> String? {
    guard let entry = try cache.entry(of: reading, isCancelled: isCancelled) else { return nil }
    _ = try folder.write(entry)
    return entry.path
  }

  // MARK: What is said

  package static func notKept(_ path: String, _ reason: Localized) -> Diagnostic {
    Diagnostic(
      .warning, .notKept,
      Localized(
        "`\(path)` is not kept in the cache: \(reason.english)",
        fr: "`\(path)` n’est pas gardé dans le cache\u{A0}: \(reason.french)"))
  }

  package static func notAsItIs(_ path: String) -> Diagnostic {
    notKept(
      path,
      Localized(
        "it was changed meanwhile, or something of it cannot be written down",
        fr: "il a changé entre-temps, ou quelque chose ne peut en être noté"))
  }
}
