import Glibc
import Testing

@testable import BilanShell

@Suite struct EditorFrameTests {
  private func frame(_ text: String, cursor: Int? = nil, columns: Int = 20, rows: Int = 10, footer: [String] = [])
    -> EditorFrame
  {
    EditorFrame(
      prompt: "> ", continuation: ". ", text: text, cursor: cursor ?? text.unicodeScalars.count, footer: footer,
      size: TerminalSize(columns: columns, rows: rows))
  }

  @Test func putsAContinuationPromptBeforeFurtherLines() {
    let frame = frame("from a\n| take 1")
    #expect(frame.rows.map(\.text) == ["> from a", ". | take 1"])
    #expect((frame.cursorRow, frame.cursorColumn) == (1, 10))
  }

  @Test func breaksAtTheWidthOfTheTerminal() {
    let frame = frame("abcdefghij", columns: 8)
    #expect(frame.rows.map(\.text) == ["> abcdef", "ghij"])
    #expect((frame.cursorRow, frame.cursorColumn) == (1, 4))
  }

  @Test func givesTheCursorARowOfItsOwnAfterAFullOne() {
    let frame = frame("abcdef", columns: 8)
    #expect(frame.rows.map(\.text) == ["> abcdef", ""])
    #expect((frame.cursorRow, frame.cursorColumn) == (1, 0))
  }

  @Test func putsTheCursorBeforeTheCharacterThatMoved() {
    let frame = frame("abcdefg", cursor: 6, columns: 8)
    #expect((frame.cursorRow, frame.cursorColumn) == (1, 0))
  }

  @Test func countsWideCharactersTwiceAndCombiningMarksNot() {
    #expect(frame("日本").cursorColumn == 6)
    #expect(frame("e\u{301}é").cursorColumn == 4)
    #expect(frame("abc日", columns: 8).rows.map(\.text) == ["> abc日"])
    #expect(frame("abcde日", columns: 8).rows.map(\.text) == ["> abcde", "日"])
  }

  @Test func keepsTheRowsAroundTheCursorOfATallText() {
    let text = (1...30).map { "line \($0)" }.joined(separator: "\n")
    let end = frame(text, rows: 5)
    #expect(end.rows.map(\.text) == (26...30).map { ". line \($0)" })
    #expect(end.cursorRow == 4)
    #expect(frame(text, cursor: 0, rows: 5).rows.first?.text == "> line 1")
  }

  @Test func leavesOutOfTheFooterWhatHasNoRoom() {
    #expect(frame("x", rows: 3, footer: ["a", "b", "c"]).rows.map(\.text) == ["> x", "a"])
  }

  @Test func showsControlCharactersAsEscapes() {
    #expect(frame("a\u{1B}b").rows[0].text == "> a\\u{1B}b")
  }
}

@Suite struct EditorTextTests {
  @Test func movesBetweenLinesInTheSameColumn() throws {
    var text = EditorText("abcdef\nab\nabcd")
    #expect(text.cursor == 14)
    text.cursor = try #require(text.cursorAbove)
    #expect(text.cursor == 9)
    text.cursor = try #require(text.cursorAbove)
    #expect(text.cursor == 2)
    #expect(text.cursorAbove == nil)
    #expect(text.cursorBelow == 9)
    #expect(EditorText("a").cursorBelow == nil)
  }

  @Test func replacesBytesAndStandsAfterThem() {
    let text = EditorText("é fo x").replacing(bytes: 3..<5, with: "from ")
    #expect(text.text == "é from  x")
    #expect(text.cursor == 7)
  }

  @Test func knowsTheIndentationAndAnEmptyLastLine() {
    #expect(EditorText("a\n  b").indentation == "  ")
    #expect(EditorText("a\n  ").isOnEmptyLastLine)
    #expect(!EditorText("").isOnEmptyLastLine)
  }
}

@Suite struct KeyReaderTests {
  /// The keys that a terminal's bytes are read as.
  private func keys(_ bytes: String) -> [UInt32] {
    var ends: [Int32] = [0, 0]
    unsafe pipe(&ends)
    let sink = FileOutput(descriptor: ends[1])
    sink.write(bytes)
    close(ends[1])
    defer { close(ends[0]) }
    var reader = KeyReader(descriptor: ends[0])
    var keys: [UInt32] = []
    while let key = reader.next(wasSignalled: { false }) { keys.append(key) }
    return keys
  }

  @Test func readsCharactersOfAnyLength() {
    #expect(keys("aé€😀") == [0x61, 0xE9, 0x20AC, 0x1F600])
  }

  @Test func readsFunctionKeysInAllTheirForms() {
    #expect(keys("\u{1B}[A\u{1B}OA") == [Key.up, Key.up])
    #expect(keys("\u{1B}[3~\u{1B}[H\u{1B}[1;5D") == [Key.delete, Key.home, Key.wordLeft])
    #expect(keys("\u{1B}\r") == [Key.newline])
  }

  @Test func leavesNothingOfKeysItDoesNotKnow() {
    #expect(keys("\u{1B}[15~\u{1B}[24~x") == [Key.none, Key.none, 0x78])
  }

  @Test func passesAltOnAsEscapeAndTheCharacter() {
    #expect(keys("\u{1B}f") == [0x1B, 0x66])
  }

  @Test func cleansWhatIsPasted() {
    var ends: [Int32] = [0, 0]
    unsafe pipe(&ends)
    FileOutput(descriptor: ends[1]).write("\u{1B}[200~from a\r\n\t| take 1\r\u{7}\n\u{1B}[201~x")
    close(ends[1])
    defer { close(ends[0]) }
    var reader = KeyReader(descriptor: ends[0])
    #expect(reader.next(wasSignalled: { false }) == Key.paste)
    #expect(reader.readPaste() == "from a\n  | take 1")
    #expect(reader.next(wasSignalled: { false }) == 0x78)
  }
}

@Suite struct PlainEditorTests {
  private let context = EditingContext(
    prompt: "> ", continuationPrompt: ". ", isComplete: { !$0.hasSuffix("|") })

  @Test func goesOnUntilTheTextIsComplete() {
    var lines = ["from a |", "take 1", "x"].makeIterator()
    let prompts = BufferOutput()
    var editor = PlainEditor(prompts: prompts, readLine: { lines.next() })
    #expect(editor.readLine(context) == .line("from a |\ntake 1"))
    #expect(editor.readLine(context) == .line("x"))
    #expect(editor.readLine(context) == .endOfFile)
    #expect(prompts.text == "> . > > ")
  }

  @Test func givesABatchInPieces() {
    var editor = BatchEditor("from a\n| take 1\n\n.format csv\nfrom b\n\n")
    #expect(editor.readLine(context) == .line("from a\n| take 1\n"))
    #expect(editor.readLine(context) == .line(".format csv"))
    #expect(editor.readLine(context) == .line("from b\n\n"))
    #expect(editor.readLine(context) == .endOfFile)
  }
}
