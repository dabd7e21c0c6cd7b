import Glibc
import Testing

@testable import BilanShell

/// Files that are put in their place once they are whole, without a name until then and with one.
@Suite(.serialized) struct NewFileTests {
  private let folder = TemporaryFolder()

  private var names: [String] { FileSystem.names(in: folder.path) }

  private func begin(_ name: String, _ text: String, mayBeNameless: Bool) throws -> NewFile {
    let file = try NewFile(for: folder.path + "/" + name, rights: 0o644, mayBeNameless: mayBeNameless)
    let count = unsafe write(file.descriptor, text, text.utf8.count)
    #expect(count == text.utf8.count)
    return file
  }

  @Test(arguments: [true, false]) func isThereOnceItIsWhole(mayBeNameless: Bool) throws {
    let file = try begin("a", "1", mayBeNameless: mayBeNameless)
    #expect(!names.contains("a"))
    try file.keep(replaces: false, isDurable: true)
    #expect(names == ["a"])
    #expect(try FileSystem.read(folder.path + "/a") == "1")
    let second = try begin("a", "2", mayBeNameless: mayBeNameless)
    let refusal = #expect(throws: NewFile.Refusal.self) { try second.keep(replaces: false, isDurable: false) }
    #expect(refusal?.code == EEXIST)
    try begin("a", "3", mayBeNameless: mayBeNameless).keep(replaces: true, isDurable: false)
    #expect(try FileSystem.read(folder.path + "/a") == "3")
    #expect(names == ["a"])
  }

  @Test(arguments: [true, false]) func leavesNothing(mayBeNameless: Bool) throws {
    try begin("a", "1", mayBeNameless: mayBeNameless).discard()
    _ = try begin("b", "1", mayBeNameless: mayBeNameless)
    #expect(names.isEmpty)
  }

  /// What a signal does that asks the process to end.
  @Test(arguments: [true, false]) func isRemovedWithTheProcess(mayBeNameless: Bool) throws {
    let file = try begin("a", "1", mayBeNameless: mayBeNameless)
    #expect(names.count == (mayBeNameless ? 0 : 1))
    NamedRemains.remove()
    #expect(names.isEmpty)
    file.discard()
    // What is no longer being written stays.
    try begin("b", "1", mayBeNameless: mayBeNameless).keep(replaces: false, isDurable: false)
    NamedRemains.remove()
    #expect(names == ["b"])
  }
}
