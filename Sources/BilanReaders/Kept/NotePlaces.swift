/// Which of a report's notes are about single columns, and which columns make them be said.
///
/// A large file says about its columns what it has read of them: so does what was kept of it.
package struct NotePlaces: Sendable, Equatable {
  /// Where the notes about columns begin among all.
  package var start: Int
  /// How many notes are about each column, in their order.
  package var counts: [Int]
  /// The columns that, once read, make all notes be said; nil where all are said from the start.
  package var revealing: [Int]?

  package init(start: Int, counts: [Int], revealing: [Int]? = nil) {
    self.start = start
    self.counts = counts
    self.revealing = revealing
  }

  /// Whether all notes are said once these columns were read.
  func revealsAll(_ read: Set<Int>) -> Bool { revealing?.contains { read.contains($0) } ?? true }

  /// The notes that are said once some columns were read; those behind the columns' own are about the whole.
  func said<Note>(of notes: [Note], read: Set<Int>) -> [Note] {
    if revealsAll(read) { return notes }
    var said = Array(notes[..<start])
    var place = start
    for (column, count) in counts.enumerated() {
      if read.contains(column) { said += notes[place..<place + count] }
      place += count
    }
    return said
  }
}
