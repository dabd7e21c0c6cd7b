/// How a piece of text stands out on a terminal, as the ANSI sequence that starts it.
package enum TerminalStyle: String, Sendable {
  case plain = ""
  case bold = "\u{1B}[1m"
  case dim = "\u{1B}[2m"
  case red = "\u{1B}[1;31m"
  case green = "\u{1B}[1;32m"
  case yellow = "\u{1B}[1;33m"
  case blue = "\u{1B}[1;34m"
  case cyan = "\u{1B}[1;36m"

  /// `text` in this style where `color` is on, else as it is.
  package func callAsFunction(_ text: String, color: Bool) -> String {
    color && self != .plain && !text.isEmpty ? rawValue + text + "\u{1B}[0m" : text
  }
}

/// A text that is safe to show: control characters and marks that reorder text are written as escapes.
package enum VisibleText {
  /// `text` on one line: a line feed as `\n`, a tab as `\t`, an escape as `\u{1B}`.
  package static func escape(_ text: String) -> String {
    if !text.unicodeScalars.contains(where: isHidden) { return text }
    var result = ""
    for scalar in text.unicodeScalars {
      switch scalar {
      case "\n": result += "\\n"
      case "\r": result += "\\r"
      case "\t": result += "\\t"
      default:
        if isHidden(scalar) {
          result += "\\u{" + String(scalar.value, radix: 16, uppercase: true) + "}"
        } else {
          result.unicodeScalars.append(scalar)
        }
      }
    }
    return result
  }

  /// True for C0 and C1 controls, line separators and the controls of text direction.
  package static func isHidden(_ scalar: Unicode.Scalar) -> Bool {
    switch scalar.value {
    case 0..<0x20, 0x7F...0x9F, 0x200E, 0x200F, 0x2028...0x202E, 0x2066...0x2069: true
    default: false
    }
  }
}
