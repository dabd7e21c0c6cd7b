import BilanDiagnostics

/// Writes JSON for people to read and change: two blanks a level, short lists of plain values on one line.
struct JSONWriter {
  private var text = ""

  static func write(_ value: JSONValue) -> String {
    var writer = JSONWriter()
    writer.add(value, level: 0)
    return writer.text + "\n"
  }

  private mutating func add(_ value: JSONValue, level: Int) {
    switch value {
    case .null: text += "null"
    case .boolean(let flag): text += flag ? "true" : "false"
    case .number(let digits): text += digits
    case .text(let content): text += JSONText.quoted(content)
    case .list(let values):
      if values.allSatisfy(\.isPlain) {
        text += "["
        for (place, value) in values.enumerated() {
          if place > 0 { text += ", " }
          add(value, level: level)
        }
        text += "]"
      } else {
        add(values.map { (nil, $0) }, "[", "]", level: level)
      }
    case .object(let members):
      // A field of a schema is a line.
      if level >= 3, members.allSatisfy({ $0.value.isPlain || $0.value.isShort }) {
        text += "{"
        for (place, member) in members.enumerated() {
          if place > 0 { text += ", " }
          text += JSONText.quoted(member.key) + ": "
          add(member.value, level: .max / 2)
        }
        text += "}"
      } else if members.isEmpty {
        text += "{}"
      } else {
        add(members.map { ($0.key, $0.value) }, "{", "}", level: level)
      }
    }
  }

  private mutating func add(_ items: [(String?, JSONValue)], _ open: String, _ close: String, level: Int) {
    text += open
    for (place, (key, value)) in items.enumerated() {
      text += place > 0 ? ",\n" : "\n"
      text += String(repeating: "  ", count: level + 1)
      if let key { text += JSONText.quoted(key) + ": " }
      add(value, level: level + 1)
    }
    text += "\n" + String(repeating: "  ", count: level) + close
  }
}

extension JSONValue {
  fileprivate var isPlain: Bool {
    switch self {
    case .list, .object: false
    default: true
    }
  }

  /// A few plain values together.
  fileprivate var isShort: Bool {
    switch self {
    case .list(let values): values.count <= 8 && values.allSatisfy(\.isPlain)
    case .object(let members): members.count <= 3 && members.allSatisfy { $0.value.isPlain }
    default: true
    }
  }
}
