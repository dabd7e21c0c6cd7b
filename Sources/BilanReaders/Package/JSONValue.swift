/// A JSON text taken apart.
enum JSONValue: Sendable {
  case null
  case boolean(Bool)
  /// As it is written.
  case number(String)
  case text(String)
  case list([JSONValue])
  /// In the order of the text; of equal keys the last counts.
  case object([(key: String, value: JSONValue)])
}

extension JSONValue {
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
