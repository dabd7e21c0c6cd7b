/// An element of XML with what is in it, whole in memory; names are as they are written, prefixes and all.
struct XMLElement: Sendable {
  var name: String
  var attributes: [(name: String, value: String)]
  /// The line on which its tag begins.
  var line: Int
  /// The characters directly in it, UTF-8.
  var text: [UInt8] = []
  var children: [XMLElement] = []

  /// The value of an attribute; nil where it is not there.
  subscript(attribute: String) -> String? { attributes.first { $0.name == attribute }?.value }

  func children(_ name: String) -> [XMLElement] { children.filter { $0.name == name } }

  func child(_ name: String) -> XMLElement? { children.first { $0.name == name } }

  /// An attribute of the first child called `name`.
  func code(_ name: String, _ attribute: String = "code") -> String? { child(name)?[attribute] }
}
