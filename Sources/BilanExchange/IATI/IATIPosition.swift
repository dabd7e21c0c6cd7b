/// A place by its latitude and longitude, which the standard wants with a blank between them.
struct IATIPosition {
  var latitude: String
  var longitude: String

  /// Reads also what has a comma or a semicolon between the two, where it cannot be a decimal mark.
  ///
  ///     "34.03 -5.0"  34.03, -5.0      "34.03, -5.0"  34.03, -5.0      "34.03,-5.0"  34.03, -5.0      "34,03"  nil
  init?(_ text: String) {
    let blanks = text.split(separator: " ").map(String.init)
    var parts = blanks
    if blanks.count == 2, let last = blanks[0].last, ",;".contains(last) {
      parts[0].removeLast()
    } else if blanks.count == 1 {
      parts = text.split(omittingEmptySubsequences: false) { ",;".contains($0) }.map(String.init)
      guard text.contains(";") || text.contains(".") || parts.last?.hasPrefix("-") == true else { return nil }
    }
    guard parts.count == 2, let latitude = IATINumber.read(parts[0]), let longitude = IATINumber.read(parts[1])
    else { return nil }
    self.latitude = latitude
    self.longitude = longitude
  }
}
