import BilanDiagnostics

/// Which columns of a table are shown and how wide, so that its lines fit the terminal.
struct TableLayout: Equatable {
  /// What a column asks for.
  struct Demand {
    /// The widest cell, without the label.
    var cells: Int
    var label: Int
    /// The label on several lines.
    var wrappedLabel: Int
    /// Numbers and dates are never cut, texts can be.
    var canCutCells: Bool

    var natural: Int { max(cells, label, 1) }
    /// All of it can be read, the label on several lines.
    var comfortable: Int { max(cells, min(label, wrappedLabel), 1) }
    /// The least it can be and still be read.
    var least: Int {
      let room = TableLayout.leastTextWidth
      return canCutCells ? min(comfortable, room) : max(cells, min(label, wrappedLabel, room), 1)
    }
  }

  /// A text column is not made narrower than this.
  static let leastTextWidth = 10

  /// The shown columns in order, by index.
  var columns: [Int]
  /// A width for each of `columns`.
  var widths: [Int]
  /// After how many of the shown columns others are left out.
  var gap: Int?

  /// A box has a line, a space, the cell and a space for each column, and a line at the end.
  static func lineWidth(_ widths: [Int]) -> Int { widths.reduce(1) { $0 + $1 + 3 } }

  /// Shrinks the widest columns first, then leaves out columns from the middle.
  ///
  /// - Parameter gapWidth: the width of the column that stands for those left out.
  static func fit(_ demands: [Demand], width: Int?, gapWidth: Int) -> TableLayout {
    let all = Array(demands.indices)
    guard let width, !demands.isEmpty, lineWidth(demands.map(\.natural)) > width else {
      return TableLayout(columns: all, widths: demands.map(\.natural))
    }
    if lineWidth(demands.map(\.least)) <= width {
      return TableLayout(columns: all, widths: shrink(demands, to: width - lineWidth([]) - 3 * demands.count))
    }
    let (columns, gap) = choose(demands, width: width, gapWidth: gapWidth)
    let shown = columns.map { demands[$0] }
    let frame = lineWidth(gap == nil ? [] : [gapWidth])
    let room = max(shown.count, width - frame - 3 * shown.count)
    return TableLayout(columns: columns, widths: shrink(shown, to: room), gap: gap)
  }

  /// The first and last columns, by turns, as many as fit at their least; at least one.
  private static func choose(_ demands: [Demand], width: Int, gapWidth: Int) -> ([Int], Int?) {
    var front = 1
    var back = 0
    var used = lineWidth([gapWidth, demands[0].least])
    var takesFront = false
    while front + back < demands.count {
      let index = takesFront ? front : demands.count - 1 - back
      let cost = demands[index].least + 3
      if used + cost > width { break }
      used += cost
      if takesFront { front += 1 } else { back += 1 }
      takesFront.toggle()
    }
    let columns = Array(0..<front) + Array(demands.count - back..<demands.count)
    return (columns, columns.count == demands.count ? nil : front)
  }

  /// Widths that add up to at most `room`: labels are wrapped, then the widest columns lowered to a common level,
  /// none below its least if that can be.
  private static func shrink(_ demands: [Demand], to room: Int) -> [Int] {
    var widths = demands.map(\.comfortable)
    func total(_ level: Int) -> Int { demands.reduce(0) { $0 + min($1.comfortable, max($1.least, level)) } }
    var level = widths.max() ?? 0
    while level > 1, total(level) > room { level -= 1 }
    for (index, demand) in demands.enumerated() { widths[index] = min(demand.comfortable, max(demand.least, level)) }
    // What lowering everyone to the level freed and did not need goes to the first that can use it.
    var spare = room - widths.reduce(0, +)
    for limit in [\Demand.comfortable, \Demand.natural] {
      for index in widths.indices where spare > 0 {
        let more = max(0, min(spare, demands[index][keyPath: limit] - widths[index]))
        widths[index] += more
        spare -= more
      }
    }
    // Narrower than anything can be read: cut what is widest, whatever it is.
    while spare < 0, let widest = widths.indices.max(by: { widths[$0] < widths[$1] }), widths[widest] > 1 {
      widths[widest] -= 1
      spare += 1
    }
    return widths
  }
}
