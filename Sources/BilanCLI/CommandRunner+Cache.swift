import Bilan
import BilanColumnar
import BilanDiagnostics
import BilanShell

/// `bilan cache`.
extension CommandRunner {
  /// The cache whatever `--no-cache` says: it is what the command is about.
  private var cacheKeeper: CacheKeeper? { keeper ?? CacheKeeper(.use, environment: environment) }

  func cacheListing() -> Table {
    guard let keeper = cacheKeeper else { return presenter.cacheListing.table([]) }
    return presenter.cacheListing.table(keeper.folder.entries.compactMap { keeper.cache.list($0) })
  }

  /// Keeps files, each in its turn, and lists them; those that are kept already are read no more.
  func addToCache(_ files: [String]) throws(QueryError) -> Int32 {
    guard let keeper = cacheKeeper else {
      throw QueryError(
        .error(
          .cannotWrite, Localized("there is no place for a cache", fr: "il n’y a pas de place pour un cache"),
          help: Localized(
            "set `HOME` or `XDG_CACHE_HOME`, a path from the root",
            fr: "définissez `HOME` ou `XDG_CACHE_HOME`, un chemin depuis la racine")), kind: .data)
    }
    let interruption = environment.interruption
    interruption.start()
    defer { interruption.stop(thenIgnoring: false) }
    let isCancelled: @Sendable () -> Bool = { interruption.isInterrupted }
    let session = try session(keeper)
    var entries: [String] = []
    var notes: [Diagnostic] = []
    for file in files {
      let refusal: Localized?
      do {
        refusal = try session.openForCache(file, isCancelled: isCancelled)
      } catch {
        throw error.queryError
      }
      keeper.removeRejected()
      let (readings, kept) = keeper.cache.takeOpened()
      entries += kept
      for reading in readings {
        guard let entry = try keeper.keep(reading, isCancelled: isCancelled) else {
          notes.append(CacheKeeper.notAsItIs(reading.path))
          continue
        }
        entries.append(entry)
      }
      if readings.isEmpty, kept.isEmpty, let refusal { notes.append(CacheKeeper.notKept(file, refusal)) }
    }
    var seen: Set<String> = []
    presenter.show(
      presenter.cacheListing.table(
        entries.filter { seen.insert($0).inserted }.compactMap { keeper.cache.list($0) }))
    if options.isStrict {
      for index in notes.indices { notes[index].severity = .error }
    }
    presenter.show(notes)
    return options.isStrict && !notes.isEmpty ? ExitStatus.unreadableData : ExitStatus.done
  }

  /// Removes the entries of files, or all.
  func clearCache(_ files: [String]) throws(QueryError) -> Int32 {
    var (count, freed) = (0, 0)
    if let keeper = cacheKeeper {
      let wanted = files.map { file in
        ColumnCache.file(FileSystem.resolve(file, in: environment.currentDirectory))
      }
      for entry in keeper.folder.entries {
        if !files.isEmpty {
          guard let file = keeper.cache.list(entry)?.file, wanted.contains(file) else { continue }
        }
        guard let bytes = keeper.folder.remove(entry) else { throw FileSystem.unremovable(entry) }
        count += 1
        freed += bytes
      }
      freed += keeper.folder.removeAbandoned()
    }
    presenter.say(
      Localized(
        "\(count) \(count == 1 ? "entry" : "entries") removed, \(freed) bytes freed",
        fr: "\(count) \(count < 2 ? "entrée effacée" : "entrées effacées"), \(freed) octets libérés"))
    return ExitStatus.done
  }
}
