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
