import Glibc
import Testing

@testable import BilanShell

@Suite struct HistoryTests {
  @Test func keepsEntriesInOrderWithoutNeighboursRepeated() {
    var history = History(["a", "a", "b"])
    #expect(history.entries == ["a", "b"])
    let kept1 = history.add("b")
    #expect(!kept1)
    let kept2 = history.add("a")
    #expect(kept2)
    #expect(history.entries == ["a", "b", "a"])
  }

  @Test func takesNothingThatBeginsWithASpaceOrIsEmpty() {
    var history = History()
    let kept3 = history.add(" from secret")
    #expect(!kept3)
    let kept4 = history.add("")
    #expect(!kept4)
    let kept5 = history.add("from results  ")
    #expect(kept5)
    #expect(history.entries == ["from results"])
  }

  @Test func recordsNothingOnceSwitchedOff() {
    var history = History()
    history.isRecording = false
    let kept6 = history.add("from results")
    #expect(!kept6)
  }

  @Test func keepsTheNewestWhereThereAreTooMany() {
    let history = History((0..<History.limit + 3).map(String.init))
    #expect(history.entries.count == History.limit)
    #expect(history.entries.first == "3")
  }
}

@Suite struct HistoryFileTests {
  private let folder = TemporaryFolder()
  private var path: String { folder.path + "/state/bilan/history.ndjson" }

  @Test func keepsTextsOfSeveralLinesAndAnyCharacters() {
    let entries = ["from results\n| where region = \"Fès\"", "a\\b\tc", "日本語 \u{1B}x"]
    let file = HistoryFile(path: path)
    for entry in entries { #expect(file.append(entry, time: 1)) }
    #expect(file.load() == entries)
  }

  @Test func belongsToTheUserAlone() {
    HistoryFile(path: path).append("x", time: 1)
    #expect(TemporaryFolder.mode(path) == 0o600)
    #expect(TemporaryFolder.mode(folder.path + "/state/bilan") == 0o700)
  }

  @Test func narrowsAFileThatOthersCouldRead() {
    let file = HistoryFile(path: path)
    file.append("x", time: 1)
    unsafe chmod(path, 0o644)
    file.append("y", time: 2)
    #expect(TemporaryFolder.mode(path) == 0o600)
  }

  @Test func refusesASymbolicLink() throws {
    let target = folder.path + "/target"
    try FileSystem.write("", to: target)
    let link = folder.path + "/link"
    unsafe #expect(symlink(target, link) == 0)
    #expect(!HistoryFile(path: link).append("x", time: 1))
    #expect(try FileSystem.read(target) == "")
    #expect(HistoryFile(path: link).load().isEmpty)
  }

  @Test func skipsLinesThatAreNotItsOwn() throws {
    let file = HistoryFile(path: path)
    file.append("x", time: 1)
    try FileSystem.write(try FileSystem.read(path) + "rubbish\n{\"text\":\"cut", to: path)
    #expect(file.load() == ["x"])
  }

  @Test func isNothingWhereThereIsNoFile() { #expect(HistoryFile(path: path).load().isEmpty) }

  @Test(arguments: [
    (["XDG_STATE_HOME": "/s", "HOME": "/h"], "/s/bilan/history.ndjson"),
    (["HOME": "/h"], "/h/.local/state/bilan/history.ndjson"),
    (["XDG_STATE_HOME": "relative", "HOME": "/h"], "/h/.local/state/bilan/history.ndjson"),
  ])
  func standsWhereTheStateOfProgramsStands(variables: [String: String], path: String) {
    #expect(HistoryFile.standard(variables)?.path == path)
  }

  @Test func isNoneWithoutAHomeOrWhereItIsRefused() {
    #expect(HistoryFile.standard([:]) == nil)
    #expect(HistoryFile.standard(["HOME": "/h", "BILAN_HISTORY": ""]) == nil)
  }
}

@Suite struct HistorySearchTests {
  @Test func findsTheNewestFirstWhateverCaseAndAccents() {
    var search = HistorySearch(["from Bénéficiaires", "from results", "count beneficiaires"])
    search.append("BENE")
    #expect(search.current == "count beneficiaires")
    search.older()
    #expect(search.current == "from Bénéficiaires")
    search.older()
    #expect(search.current == "from Bénéficiaires")
    search.append("z")
    #expect(search.current == nil)
    search.removeLast()
    #expect(search.current == "count beneficiaires")
  }
}
