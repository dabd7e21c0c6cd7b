import BilanColumnar

/// Units that people write behind numbers and that are no currencies: `12 ha`, `5,3 pts`.
///
/// Millions are one too: `36,5 M`. Those of time are none: `12 mois` is a duration in words. Rates are made of two units:
/// `12,50 €/h`, `250 µS/cm`.
enum MeasureUnit {
  private static let spellings: [(spelling: [UInt8], unit: String)] = [
    ("ha", ["ha", "Ha", "HA", "hectares", "hectare"]), ("km²", ["km²", "km2"]), ("m²", ["m²", "m2"]),
    ("m³", ["m³", "m3"]), ("km", ["km"]), ("m", ["m"]), ("cm", ["cm"]), ("mm", ["mm"]), ("kg", ["kg", "Kg", "KG"]),
    ("g", ["g"]),
    ("t", ["t", "tonnes", "tonne"]), ("qx", ["qx", "Qx", "quintaux"]), ("L", ["L", "l", "litres", "litre"]),
    ("kWh", ["kWh", "KWh", "kwh"]), ("MWh", ["MWh"]), ("GWh", ["GWh"]), ("TWh", ["TWh"]), ("kW", ["kW", "KW"]),
    ("MW", ["MW"]), ("°C", ["°C"]), ("‰", ["‰"]), ("points", ["pts", "pt", "points", "point", "pp", "p.p."]),
    ("habitants", ["habitants", "hab.", "hab"]), ("hab./km²", ["hab/km²", "hab/km2", "hab./km²", "hab./km2"]),
    ("personnes", ["personnes", "personne", "pers.", "pers"]), ("persons", ["persons", "people"]),
    ("millions", ["M", "millions", "million"]), ("milliards", ["Md", "Mds", "milliards", "milliard"]),
    ("milliers", ["milliers"]), ("billions", ["billions", "billion"]), ("ménages", ["ménages", "ménage"]),
    ("emplois", ["emplois", "emploi"]), ("jobs", ["jobs", "job"]), ("ppm", ["ppm"]), ("dB", ["dB"]),
  ].flatMap { unit, spellings in spellings.map { (Array($0.utf8), unit) } }

  /// Those that numbers without a unit are not in.
  static let multiples: Set<String> = ["milliers", "millions", "milliards", "billions"]

  private static let lasts = ByteSet((spellings.map(\.spelling) + divisors.map(\.spelling)).map { $0[$0.count - 1] })

  /// Where a number ends before its unit, and which that is; nil where there is none.
  static func amount(_ bytes: Span<UInt8>, _ from: Int, _ to: Int) -> (end: Int, unit: String)? {
    guard to - from >= 2, to - from <= 32, lasts.contains(bytes[to - 1]) else { return nil }
    if let rate = rate(bytes, from, to) { return rate }
    for (spelling, unit) in spellings
    where spelling.count < to - from && FieldText.holds(spelling, at: to - spelling.count, bytes) {
      let start = to - spelling.count
      let end = FieldText.skippingBlanks(before: start, bytes, from)
      // A letter alone right behind a digit is a part of a code: `12T`.
      guard spelling.count > 1 || end < start else { continue }
      if end > from, bytes[end - 1] &- 0x30 < 10 { return (end, unit) }
    }
    return nil
  }

  /// What stands behind the slash of a rate.
  private static let divisors: [(spelling: [UInt8], unit: String)] = [
    ("h", ["h", "heure", "hour", "hr"]), ("j", ["j", "jour", "jr"]), ("day", ["day"]), ("semaine", ["semaine", "sem"]),
    ("week", ["week"]), ("mois", ["mois"]), ("month", ["month"]), ("an", ["an", "année"]), ("year", ["year", "yr"]),
    ("ha", ["ha"]), ("km²", ["km²", "km2"]), ("m²", ["m²", "m2"]), ("m³", ["m³", "m3"]), ("km", ["km"]), ("m", ["m"]),
    ("cm", ["cm"]), ("kg", ["kg"]), ("g", ["g"]), ("t", ["t", "tonne"]), ("L", ["L", "l", "litre"]),
    ("mL", ["mL", "ml"]), ("s", ["s"]), ("min", ["min"]), ("kWh", ["kWh"]), ("unité", ["unité", "u"]),
    ("unit", ["unit"]),
    ("personne", ["personne", "pers.", "pers"]), ("person", ["person"]), ("hab.", ["hab", "hab.", "habitant"]),
    ("ménage", ["ménage"]), ("élève", ["élève"]),
  ].flatMap { unit, spellings in spellings.map { (Array($0.utf8), unit) } }

  /// What stands before the slash of rates alone.
  private static let dividends: [(spelling: [UInt8], unit: String)] = [
    ("µS", ["µS", "μS", "uS"]), ("mS", ["mS"]), ("mg", ["mg"]), ("µg", ["µg", "μg", "ug"]), ("ng", ["ng"]),
    ("mL", ["mL", "ml"]), ("kcal", ["kcal"]), ("kJ", ["kJ"]), ("W", ["W"]), ("UFC", ["UFC"]), ("h", ["h"]),
  ].flatMap { unit, spellings in spellings.map { (Array($0.utf8), unit) } }

  /// A number in a currency or a unit for each of another: `12,50 €/h`, `35 qx / ha`.
  private static func rate(_ bytes: Span<UInt8>, _ from: Int, _ to: Int) -> (end: Int, unit: String)? {
    var slash = to - 2
    while slash > from, to - slash < 12, bytes[slash] != UInt8(ascii: "/") { slash -= 1 }
    guard slash > from + 1, bytes[slash] == UInt8(ascii: "/") else { return nil }
    let below = FieldText.skippingBlanks(bytes, slash + 1, to)
    guard
      let divisor = divisors.first(where: {
        $0.spelling.count == to - below && FieldText.holds($0.spelling, at: below, bytes)
      })
    else { return nil }
    let above = FieldText.skippingBlanks(before: slash, bytes, from)
    var start = above
    while start > from, bytes[start - 1] > 0x40 || bytes[start - 1] == UInt8(ascii: "$") { start -= 1 }
    // A no-break space ends in a byte as letters do.
    start = FieldText.skippingBlanks(bytes, start, above)
    guard start < above, case let end = FieldText.skippingBlanks(before: start, bytes, from), end > from,
      bytes[end - 1] &- 0x30 < 10
    else { return nil }
    let word = (start..<above).map { bytes[$0] }
    let dividend =
      (dividends + spellings).first { $0.spelling == word }?.unit
      ?? AmountUnit.unit(spelled: String(decoding: word, as: UTF8.self))
    // Of people by areas it is known as `hab./km²`.
    guard let dividend, dividend != "habitants" else { return nil }
    return (end, "\(dividend)/\(divisor.unit)")
  }
}
