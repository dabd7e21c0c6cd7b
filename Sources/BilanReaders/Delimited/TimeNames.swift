/// Years and periods as the names of columns, under a group: `2019`, `2020`.
package enum TimeNames {
  /// Whether they are years that go on by one, up or down, or other times of which none occurs twice: no row of values
  /// reads so.
  package static func followOneAnother(_ cells: [String]) -> Bool {
    guard cells.count >= 2 else { return false }
    let years = cells.compactMap { Int($0) }
    guard years.count == cells.count else { return years.isEmpty && Set(cells).count == cells.count }
    let steps = Set(zip(years, years.dropFirst()).map { $1 - $0 })
    return steps == [1] || steps == [-1]
  }
}
