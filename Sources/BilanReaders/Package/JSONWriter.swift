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
    case .text(let content): add(content)
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
          add(member.key)
          text += ": "
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
      if let key {
        add(key)
        text += ": "
      }
      add(value, level: level + 1)
    }
    text += "\n" + String(repeating: "  ", count: level) + close
  }

  private mutating func add(_ content: String) {
    text += "\""
    for scalar in content.unicodeScalars {
      switch scalar {
      case "\"": text += "\\\""
      case "\\": text += "\\\\"
      case "\n": text += "\\n"
      case "\r": text += "\\r"
      case "\t": text += "\\t"
      case "\u{0}"..<" ":
        let digits = String(scalar.value, radix: 16)
        text += "\\u" + String(repeating: "0", count: 4 - digits.count) + digits
      default: text.unicodeScalars.append(scalar)
      }
    }
    text += "\""
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

  subscript(key: String) -> JSONValue? {
    guard case .object(let members) = self else { return nil }
    return members.last { $0.key == key }?.value
  }

  /// The same object with a value under a key, in its place where there is one; nil takes it away.
  func setting(_ key: String, _ value: JSONValue?) -> JSONValue {
    guard case .object(var members) = self else { return self }
    if let place = members.lastIndex(where: { $0.key == key }) {
      if let value { members[place].value = value } else { members.remove(at: place) }
    } else if let value {
      members.append((key, value))
    }
    return .object(members)
  }

  static func texts(_ texts: [String]) -> JSONValue { .list(texts.map { .text($0) }) }
}
