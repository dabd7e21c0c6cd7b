/// An activity or an organisation of an IATI file, and the language in which its texts are meant to be read.
struct IATIRecord {
  let element: XMLElement
  /// The language of texts that say none; nil where the file says none either.
  private let language: String?

  init(_ element: XMLElement, root: XMLElement?) {
    self.element = element
    language = (IATIText.value(element["xml:lang"]) ?? IATIText.value(root?["xml:lang"]))?.lowercased()
  }

  var isActivity: Bool { element.name == "iati-activity" }

  var identifier: String? {
    let name = isActivity ? "iati-identifier" : "organisation-identifier"
    guard let child = element.child(name) ?? element.child("iati-identifier") else { return element["ref"] }
    return text(child)
  }

  var currency: String? { IATIText.value(element["default-currency"]) }

  /// What an element says in the record's language, on one line; where it says nothing in that, in the first it has.
  func narrative(_ name: String, in parent: XMLElement) -> String? {
    let all = narratives(parent.children(name))
    return (all.first { $0.isPreferred } ?? all.first)?.text
  }

  /// The same of one element.
  func narrative(of element: XMLElement?) -> String? {
    guard let element else { return nil }
    let all = narratives([element])
    return (all.first { $0.isPreferred } ?? all.first)?.text
  }

  /// What it says in other languages, by their codes, the first of each.
  func translations(_ name: String, in parent: XMLElement) -> [(language: String, text: String)] {
    let all = narratives(parent.children(name))
    let shown = all.firstIndex { $0.isPreferred } ?? all.indices.first
    var seen: Set<String> = []
    return all.indices.compactMap { place in
      guard place != shown, let language = all[place].language, seen.insert(language).inserted,
        !all[place].isPreferred
      else { return nil }
      return (language, all[place].text)
    }
  }

  /// Before 2.0 an element is repeated for each language; since then it has narratives.
  private func narratives(
    _ elements: [XMLElement]
  ) -> [(language: String?, isPreferred: Bool, text: String)] {
    var result: [(language: String?, isPreferred: Bool, text: String)] = []
    for element in elements {
      let inside = element.children("narrative")
      for text in inside.isEmpty ? [element] : inside {
        let content = IATIText.oneLine(String(decoding: text.text, as: UTF8.self))
        guard !content.isEmpty else { continue }
        let own = (IATIText.value(text["xml:lang"]) ?? IATIText.value(element["xml:lang"]))?.lowercased()
        result.append((own, own == nil || own == language, content))
      }
    }
    return result
  }

  /// The characters of an element, on one line.
  func text(_ element: XMLElement?) -> String? {
    element.map { IATIText.oneLine(String(decoding: $0.text, as: UTF8.self)) }
  }
}

/// Words for the codes of IATI's lists, the same for the codes of all versions; what no list has stays as it is.
enum IATICode {
  static func resultType(_ code: String?) -> String? {
    word(code, ["1": "output", "2": "outcome", "3": "impact", "9": "other"])
  }

  static func measure(_ code: String?) -> String? {
    word(code, ["1": "unit", "2": "percentage", "3": "nominal", "4": "ordinal", "5": "qualitative"])
  }

  static func transactionType(_ code: String?) -> String? {
    word(
      code,
      [
        "1": "incoming funds", "if": "incoming funds", "2": "outgoing commitment", "c": "outgoing commitment",
        "3": "disbursement", "d": "disbursement", "4": "expenditure", "e": "expenditure", "5": "interest payment",
        "ir": "interest payment", "6": "loan repayment", "lr": "loan repayment", "7": "reimbursement",
        "r": "reimbursement", "8": "purchase of equity", "qp": "purchase of equity", "9": "sale of equity",
        "qs": "sale of equity", "10": "credit guarantee", "cg": "credit guarantee", "11": "incoming commitment",
        "12": "outgoing pledge", "13": "incoming pledge",
      ])
  }

  static func role(_ code: String?) -> String? {
    word(code, ["1": "funding", "2": "accountable", "3": "extending", "4": "implementing"])
  }

  static func activityStatus(_ code: String?) -> String? {
    word(
      code,
      [
        "1": "pipeline", "2": "implementation", "3": "finalisation", "4": "closed", "5": "cancelled", "6": "suspended",
      ])
  }

  static func budgetType(_ code: String?) -> String? { word(code, ["1": "original", "2": "revised"]) }
  static func budgetStatus(_ code: String?) -> String? { word(code, ["1": "indicative", "2": "committed"]) }

  /// Versions before 2.0 write many of these out: `Output`, `Funding`.
  private static func word(_ code: String?, _ words: [String: String]) -> String? {
    guard let code else { return nil }
    let trimmed = IATIText.trimmed(code).lowercased()
    return words[trimmed] ?? trimmed
  }
}
