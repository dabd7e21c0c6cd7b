/// A value of a descriptor and where it stands, so that what is wrong with it can be said.
struct JSONNode {
  /// Why a value cannot be what it should be.
  enum Fault: Error {
    /// An object lacks a key.
    case missing(key: String, in: Path)
    /// Not the kind of value that is expected: a text for a list.
    case wrongKind(Path)
    /// A number that is no whole one.
    case misunderstood(Path)
  }

  /// `resources[0].schema.fields[2].name`
  indirect enum Path: Sendable {
    case root
    case key(Path, String)
    case place(Path, Int)

    var text: String {
      switch self {
      case .root: ""
      case .key(.root, let key): key
      case .key(let parent, let key): "\(parent.text).\(key)"
      case .place(let parent, let place): "\(parent.text)[\(place)]"
      }
    }
  }

  let value: JSONValue
  let path: Path

  private var wrongKind: Fault { .wrongKind(path) }

  /// What stands under a key; nil where nothing does, or `null`.
  func optional(_ key: String) throws(Fault) -> JSONNode? {
    guard case .object(let members) = value else { throw wrongKind }
    guard let member = members.last(where: { $0.key == key }) else { return nil }
    if case .null = member.value { return nil }
    return JSONNode(value: member.value, path: .key(path, key))
  }

  func required(_ key: String) throws(Fault) -> JSONNode {
    guard case .object(let members) = value else { throw wrongKind }
    guard let member = members.last(where: { $0.key == key }) else { throw .missing(key: key, in: path) }
    return JSONNode(value: member.value, path: .key(path, key))
  }

  var isText: Bool { if case .text = value { true } else { false } }
  var isObject: Bool { if case .object = value { true } else { false } }

  func text() throws(Fault) -> String {
    guard case .text(let text) = value else { throw wrongKind }
    return text
  }

  func boolean() throws(Fault) -> Bool {
    guard case .boolean(let flag) = value else { throw wrongKind }
    return flag
  }

  func real() throws(Fault) -> Double {
    guard case .number(let text) = value else { throw wrongKind }
    guard let number = Double(text), number.isFinite else { throw .misunderstood(path) }
    return number
  }

  /// A whole number, which `3.0` is too.
  func integer() throws(Fault) -> Int {
    guard case .number(let text) = value else { throw wrongKind }
    guard let number = Int(text) ?? Double(text).flatMap(Int.init(exactly:)) else { throw .misunderstood(path) }
    return number
  }

  func list<Element>(_ element: (JSONNode) throws(Fault) -> Element) throws(Fault) -> [Element] {
    guard case .list(let values) = value else { throw wrongKind }
    var elements: [Element] = []
    elements.reserveCapacity(values.count)
    for (place, value) in values.enumerated() {
      elements.append(try element(JSONNode(value: value, path: .place(path, place))))
    }
    return elements
  }

  // MARK: Under a key, where there is one

  func text(_ key: String) throws(Fault) -> String? { try optional(key)?.text() }
  func boolean(_ key: String) throws(Fault) -> Bool? { try optional(key)?.boolean() }
  func integer(_ key: String) throws(Fault) -> Int? { try optional(key)?.integer() }

  func list<Element>(
    _ key: String, _ element: (JSONNode) throws(Fault) -> Element
  ) throws(Fault) -> [Element]? {
    try optional(key)?.list(element)
  }

  func texts(_ key: String) throws(Fault) -> [String]? {
    try list(key) { (node: JSONNode) throws(Fault) in try node.text() }
  }

  /// What an object under a key says.
  func object<Content: JSONReadable>(_ key: String) throws(Fault) -> Content? {
    guard let node = try optional(key) else { return nil }
    return try Content(node)
  }

  func objects<Content: JSONReadable>(_ key: String) throws(Fault) -> [Content]? {
    try list(key) { (node: JSONNode) throws(Fault) in try Content(node) }
  }
}

/// What can be read from JSON.
protocol JSONReadable {
  init(_ node: JSONNode) throws(JSONNode.Fault)
}
