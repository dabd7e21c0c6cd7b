import Bilan
import BilanReaders
import Foundation
import Testing

@testable import BilanShell

/// How entries come to the disk and go from it.
@Suite struct CacheFolderTests {
  private let folder: TemporaryFolder
  private let cacheFolder: CacheFolder
  private let cache: ColumnCache
  private let file: String

  init() throws {
    folder = TemporaryFolder()
    cacheFolder = CacheFolder(path: folder.path + "/home/.cache/bilan")
    cache = ColumnCache(folder: cacheFolder.path, version: "test", leastSize: 0)
    file = folder.path + "/t.csv"
    try "a;b\n1;x\n2;y\n".write(toFile: file, atomically: true, encoding: .utf8)
  }

  private func entry() throws -> ColumnCache.Entry {
    let session = Session(catalog: try Catalog([]))
    session.catalog.cache = cache
    _ = try session.run("from \"\(file)\"")
    let reading = try #require(cache.takeReadings().first)
    return try #require(try cache.entry(of: reading, isCancelled: { false }))
  }

  private func rights(_ path: String) throws -> Int? {
    try FileManager.default.attributesOfItem(atPath: path)[.posixPermissions] as? Int
  }

  private var names: [String] { FileSystem.names(in: cacheFolder.path) }

  @Test func isTheUsersOwn() throws {
    let entry = try entry()
    let bytes = try cacheFolder.write(entry)
    #expect(cacheFolder.entries == [entry.path])
    #expect(try rights(cacheFolder.path) == 0o700)
    #expect(try rights(entry.path) == 0o600)
    #expect(cache.list(entry.path)?.size == bytes)
    #expect(cache.list(entry.path)?.isCurrent == true)
    // A folder that was there with wider rights is narrowed.
    try FileManager.default.setAttributes([.posixPermissions: 0o755], ofItemAtPath: cacheFolder.path)
    _ = try cacheFolder.write(entry)
    #expect(try rights(cacheFolder.path) == 0o700)
  }

  @Test func followsTheEnvironment() {
    #expect(CacheFolder.standard(["XDG_CACHE_HOME": "/x", "HOME": "/h"])?.path == "/x/bilan")
    #expect(CacheFolder.standard(["XDG_CACHE_HOME": "x", "HOME": "/h"])?.path == "/h/.cache/bilan")
    #expect(CacheFolder.standard(["HOME": "/h"])?.path == "/h/.cache/bilan")
    #expect(CacheFolder.standard([:]) == nil)
    #expect(CacheUse.asked(in: [:]) == .use)
    #expect(CacheUse.asked(in: ["BILAN_CACHE": "1"]) == .keep)
    #expect(CacheUse.asked(in: ["BILAN_CACHE": "0"]) == CacheUse.none)
  }

  @Test func severalWritersLeaveOneSoundEntry() throws {
    let entry = try entry()
    DispatchQueue.concurrentPerform(iterations: 8) { [cacheFolder] _ in
      for _ in 0..<20 { _ = try? cacheFolder.write(entry) }
    }
    #expect(names == [String(entry.path.split(separator: "/").last!)])
    #expect(cache.list(entry.path)?.isCurrent == true)
  }

  @Test func whatACrashLeftGoesLater() throws {
    let entry = try entry()
    _ = try cacheFolder.write(entry)
    let (old, new) = (entry.path + ".17-4.new", entry.path + ".17-5.new")
    let foreign = cacheFolder.path + "/letter.new"
    for path in [old, new, foreign] { try "half".write(toFile: path, atomically: false, encoding: .utf8) }
    for path in [old, foreign] {
      try FileManager.default.setAttributes([.modificationDate: Date(timeIntervalSinceNow: -7200)], ofItemAtPath: path)
    }
    #expect(cacheFolder.entries == [entry.path])
    _ = try cacheFolder.write(entry)
    #expect(!FileSystem.exists(old))
    #expect(FileSystem.exists(new))
    #expect(FileSystem.exists(foreign))
  }

  /// What is in the way is an error of the cache and of nothing else.
  @Test func aPlaceThatIsNoneIsSaid() throws {
    let entry = try entry()
    try FileManager.default.createDirectory(atPath: folder.path + "/home", withIntermediateDirectories: true)
    try "x".write(toFile: folder.path + "/home/.cache", atomically: true, encoding: .utf8)
    #expect(throws: (any Error).self) { try cacheFolder.write(entry) }
  }
}
