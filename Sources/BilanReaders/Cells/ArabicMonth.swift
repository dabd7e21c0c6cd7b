/// The names of months in Arabic, as they are used from Morocco to Iraq: `يناير`, `جانفي`, `كانون الثاني`.
enum ArabicMonth {
  /// A month by its name, and where the name ends; nil where no name of a month begins at `from`.
  static func scan(_ bytes: Span<UInt8>, _ from: Int, _ to: Int) -> (month: Int, end: Int)? {
    guard from + 1 < to, isLetter(bytes[from]) else { return nil }
    // Longer names first: one may begin as another does.
    for (name, month) in names where name.count <= to - from {
      let end = from + name.count
      if FieldText.holds(name, at: from, bytes), end == to || !isLetter(bytes[end]) {
        return (month, end)
      }
    }
    return nil
  }

  /// The first byte of a letter.
  private static func isLetter(_ byte: UInt8) -> Bool { (0xD8...0xDB).contains(byte) }

  private static let names: [(name: [UInt8], month: Int)] = [
    ["يناير", "جانفي", "كانون الثاني"], ["فبراير", "فيفري", "شباط"], ["مارس", "آذار", "اذار"],
    ["أبريل", "ابريل", "إبريل", "أفريل", "افريل", "نيسان"], ["ماي", "مايو", "أيار", "ايار"],
    ["يونيو", "يونيه", "جوان", "حزيران"], ["يوليوز", "يوليو", "يوليه", "جويلية", "تموز"],
    ["أغسطس", "اغسطس", "غشت", "أوت", "آب"], ["سبتمبر", "شتنبر", "أيلول", "ايلول"],
    ["أكتوبر", "اكتوبر", "تشرين الأول"], ["نوفمبر", "نونبر", "تشرين الثاني"],
    ["ديسمبر", "دجنبر", "كانون الأول"],
  ].enumerated().flatMap { place, names in names.map { (name: Array($0.utf8), month: place + 1) } }
    .sorted { $0.name.count > $1.name.count }
}
