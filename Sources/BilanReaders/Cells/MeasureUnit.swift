import BilanColumnar

/// Units that people write behind numbers and that are no currencies: `12 ha`, `5,3 pts`.
///
/// Millions are one too: `36,5 M`. Those of time are none: `12 mois` is a duration in words.
enum MeasureUnit {
  private static let spellings: [(spelling: [UInt8], unit: String)] = [
    ("ha", ["ha", "hectares", "hectare"]), ("km²", ["km²", "km2"]), ("m²", ["m²", "m2"]), ("m³", ["m³", "m3"]),
    ("km", ["km"]), ("m", ["m"]), ("cm", ["cm"]), ("mm", ["mm"]), ("kg", ["kg", "Kg", "KG"]), ("g", ["g"]),
    ("t", ["t", "tonnes", "tonne"]), ("qx", ["qx", "Qx", "quintaux"]), ("L", ["L", "l", "litres", "litre"]),
    ("kWh", ["kWh", "KWh", "kwh"]), ("MWh", ["MWh"]), ("GWh", ["GWh"]), ("TWh", ["TWh"]), ("kW", ["kW", "KW"]),
    ("MW", ["MW"]), ("°C", ["°C"]), ("‰", ["‰"]), ("points", ["pts", "pt", "points", "point", "pp", "p.p."]),
    ("habitants", ["habitants", "hab.", "hab"]), ("hab./km²", ["hab/km²", "hab/km2", "hab./km²", "hab./km2"]),
    ("personnes", ["personnes", "personne", "pers.", "pers"]), ("persons", ["persons", "people"]),
    ("millions", ["M", "millions", "million"]), ("milliards", ["Md", "Mds", "milliards", "milliard"]),
    ("milliers", ["milliers"]), ("billions", ["billions", "billion"]), ("ménages", ["ménages", "ménage"]),
    ("emplois", ["emplois", "emploi"]), ("jobs", ["jobs", "job"]),
  ].flatMap { unit, spellings in spellings.map { (Array($0.utf8), unit) } }

  private static let lasts = ByteSet(spellings.map { $0.spelling[$0.spelling.count - 1] })

  /// The unit that a spelling stands for.
  static func unit(_ spelling: Int) -> String { spellings[spelling].unit }

  /// Where a number ends before its unit, and which spelling that is; nil where there is none.
  static func amount(_ bytes: Span<UInt8>, _ from: Int, _ to: Int) -> (end: Int, spelling: Int)? {
    guard to - from >= 2, to - from <= 32, lasts.contains(bytes[to - 1]) else { return nil }
    for (place, entry) in spellings.enumerated() where entry.spelling.count < to - from {
      let start = to - entry.spelling.count
      guard entry.spelling.indices.allSatisfy({ bytes[start + $0] == entry.spelling[$0] }) else { continue }
      let end = FieldText.skippingBlanks(before: start, bytes, from)
      // A letter alone right behind a digit is a part of a code: `12T`.
      guard entry.spelling.count > 1 || end < start else { continue }
      if end > from, bytes[end - 1] &- 0x30 < 10 { return (end, place) }
    }
    return nil
  }
}
