import BilanColumnar
import Foundation

/// Lists as Foundation reads them.
package enum ReferenceList {
  /// The values of each element, those of the parts; nil for the one row of what has no element.
  package static func elements(
    of list: Value, separator: String?, _ parts: [(name: String, field: Field)]
  ) -> [[Value]?] {
    guard case .text(let text) = list else { return [nil] }
    var elements: [[Value]?] = []
    if let separator {
      for piece in text.components(separatedBy: separator) {
        let trimmed = piece.trimmingCharacters(in: .whitespacesAndNewlines)
        if !trimmed.isEmpty { elements.append(parts.map { _ in .text(trimmed) }) }
      }
    } else {
      let parsed = try? JSONSerialization.jsonObject(with: Data(text.utf8), options: .fragmentsAllowed)
      for element in parsed as? [Any] ?? [] {
        let object = element as? [String: Any]
        elements.append(
          parts.map { part in
            let value = part.name.isEmpty ? (object == nil ? element : nil) : object?[part.name]
            return cell(value, part.field.type)
          })
      }
    }
    return elements.isEmpty ? [nil] : elements
  }

  private static func cell(_ value: Any?, _ type: DataType) -> Value {
    switch (value, type) {
    case (let number as NSNumber, .integer): return .integer(number.int64Value)
    case (let number as NSNumber, .real): return .real(number.doubleValue)
    case (let number as NSNumber, .boolean): return .boolean(number.boolValue)
    case (let text as String, .text): return .text(text)
    case (let list as [Any], .list):
      let data = try? JSONSerialization.data(withJSONObject: list, options: .withoutEscapingSlashes)
      return .text(String(decoding: data ?? Data(), as: UTF8.self))
    default: return .missing
    }
  }
}
