/// Whether a column holds codes by its name: `Code indicateur`, `Réf.`, `N°`.
///
/// Codes may be written like numbers with a fraction, as those of a logical framework are: `1.1`, `1.2`, `1.10`.
enum CodeName {
  case none
  /// The name may be that of numbers too: `Indicateur`.
  case perhaps
  case plain

  init(label: String, handle: String) {
    let words = handle.split(separator: "_")
    let isPlain =
      [words.first, words.last].contains { $0.map(Self.words.contains) ?? false } || label.hasPrefix("N°")
      || label.hasPrefix("n°") || label.hasPrefix("№")
    let isPerhaps = ["indicateur", "indicator", "activite", "activity", "numero"].contains(handle)
    self = isPlain ? .plain : isPerhaps ? .perhaps : .none
  }

  private static let words: Set<Substring> = [
    "code", "codes", "ref", "id", "nace", "naf", "cpv", "coicop", "isic", "citi",
  ]

  /// Whether numbers with fractions are kept as codes: whole numbers with a zero behind the mark, `12.0`, are none, and
  /// under an uncertain name only fractions of several lengths are of which some end in zero.
  func holds(_ profile: ColumnProfile, _ mark: DecimalMark) -> Bool {
    switch self {
    case .none: false
    case .perhaps: profile.endingInZero > 0 && profile.oneDigitFractions > 0
    case .plain: profile.fractionCount(mark) > profile.zeroFractions
    }
  }
}
