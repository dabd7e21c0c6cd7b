import BilanColumnar

/// Rows below a table that hold statistics of its columns: `Moyenne`, `Minimum`, `Écart-type`.
extension TotalRows {
  private enum Statistic {
    case mean, median, least, greatest, deviation, count

    init?(label: String) {
      let words = FieldText.trimmed(TextFolding.fold(label).filter { $0 != ":" && $0 != "." })
      switch words {
      case "moyenne", "moyennes", "moy", "mean", "average", "avg", "gemiddelde": self = .mean
      case "mediane", "median": self = .median
      case "minimum", "min", "mini": self = .least
      case "maximum", "max", "maxi": self = .greatest
      case "ecart-type", "ecart type", "std", "std dev", "standard deviation", "variance": self = .deviation
      case "nombre de lignes", "nombre d'enregistrements", "nb lignes", "count", "n": self = .count
      default: return nil
      }
    }
  }

  /// Statistics that may follow one another.
  private static let statisticLimit = 8

  func mayHaveStatistics(at place: Int) -> Bool {
    rows.suffix(Self.statisticLimit).contains { Statistic(label: text($0, place)) != nil }
  }

  /// The last rows that are called so, where the numbers of some are what they say.
  func statistics(at place: Int, _ quantities: [Column]) -> Found {
    var found = Found()
    var first = rows.upperBound
    while first - 1 > rows.lowerBound + 1, rows.upperBound - first < Self.statisticLimit,
      Statistic(label: text(first - 1, place)) != nil || TotalLabel.isPlain(text(first - 1, place))
    {
      first -= 1
    }
    let records = (first..<rows.upperBound).filter { Statistic(label: text($0, place)) != nil }
    let above = rows.lowerBound..<first
    let isSure = records.contains { record in
      let statistic = Statistic(label: text(record, place))!
      return quantities.prefix(Self.columnLimit).contains { holds(statistic, record, $0, of: above) }
    }
    guard isSure else { return found }
    for record in records { found.append(record, text(record, place), at: place) }
    return found
  }

  /// Whether the number of a row is the statistic of the rows above; deviations, of which there are several kinds, are not
  /// worked out.
  private func holds(_ statistic: Statistic, _ record: Int, _ column: Column, of above: Range<Int>) -> Bool {
    guard let value = Self.value(column, record - rows.lowerBound) else { return false }
    let terms = above.compactMap { Self.value(column, $0 - rows.lowerBound) }
    guard terms.count > 1 else { return false }
    let expected: Double
    switch statistic {
    case .mean: expected = terms.reduce(0, +) / Double(terms.count)
    case .median:
      let sorted = terms.sorted()
      expected = (sorted[(terms.count - 1) / 2] + sorted[terms.count / 2]) / 2
    case .least: expected = terms.min()!
    case .greatest: expected = terms.max()!
    case .count: expected = Double(terms.count)
    case .deviation: return false
    }
    // Means are rounded.
    return abs(expected - value) <= max(abs(expected) * 0.01, statistic == .mean ? 0.5 : 0)
  }
}
