/// A text as the key of a hash table, equal where the bytes are.
///
/// `String` would call two texts equal that differ in how accents are composed; a dictionary of texts does not.
package struct ExactText: Hashable, Sendable {
  package let utf8: [UInt8]

  package init(_ utf8: [UInt8]) { self.utf8 = utf8 }

  package func hash(into hasher: inout Hasher) {
    // SAFETY: the buffer is used only within the call. Feeding an array to the hasher goes byte by byte.
    unsafe utf8.withUnsafeBytes { unsafe hasher.combine(bytes: $0) }
  }
}
