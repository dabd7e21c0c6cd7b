extension [String] {
  /// The texts with a separator between them.
  ///
  /// The standard library’s own, which this hides, looks up at run time how the elements are joined: the first call searches
  /// every conformance of the program, which a start would feel.
  package func joined(separator: String) -> String {
    var result = ""
    for (place, text) in enumerated() {
      if place > 0 { result += separator }
      result += text
    }
    return result
  }
}
