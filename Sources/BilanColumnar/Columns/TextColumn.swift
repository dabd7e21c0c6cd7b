/// Texts as codes into a dictionary, in one, two or four bytes a row. An invalid slot holds code 0, which an empty
/// dictionary does not have.
package struct TextColumn: Sendable {
  package enum Codes: Sendable {
    case uint8(Buffer<UInt8>)
    case uint16(Buffer<UInt16>)
    case uint32(Buffer<UInt32>)
  }

  package var storage: Codes
  package var dictionary: TextDictionary
  package var validity: Bitmap?

  package init(storage: Codes, dictionary: TextDictionary, validity: Bitmap? = nil) {
    self.storage = storage
    self.dictionary = dictionary
    self.validity = validity
  }

  package init(_ codes: Buffer<UInt32>, _ dictionary: TextDictionary, validity: Bitmap? = nil) {
    self.init(storage: .uint32(codes), dictionary: dictionary, validity: validity)
  }

  package var count: Int {
    switch storage {
    case .uint8(let codes): codes.count
    case .uint16(let codes): codes.count
    case .uint32(let codes): codes.count
    }
  }

  /// The codes in 32 bits: a copy where they are kept narrower.
  package var codes: Buffer<UInt32> {
    switch storage {
    case .uint8(let codes): codes.widenedCodes()
    case .uint16(let codes): codes.widenedCodes()
    case .uint32(let codes): codes
    }
  }

  /// One row's code; for loops switch on `storage` first.
  package func code(_ row: Int) -> Int {
    switch storage {
    case .uint8(let codes): Int(codes[row])
    case .uint16(let codes): Int(codes[row])
    case .uint32(let codes): Int(codes[row])
    }
  }

  package func slice(_ rows: Range<Int>) -> TextColumn {
    let storage: Codes =
      switch storage {
      case .uint8(let codes): .uint8(codes.slice(rows))
      case .uint16(let codes): .uint16(codes.slice(rows))
      case .uint32(let codes): .uint32(codes.slice(rows))
      }
    return TextColumn(storage: storage, dictionary: dictionary, validity: validity?.slice(rows))
  }

  /// The same codes in as few bytes as the dictionary needs.
  package func narrowed() -> TextColumn {
    guard case .uint32(let codes) = storage, dictionary.count <= 1 << 16 else { return self }
    return TextColumn(
      storage: dictionary.count <= 1 << 8 ? .uint8(codes.truncated()) : .uint16(codes.truncated()),
      dictionary: dictionary, validity: validity)
  }
}

extension Buffer where Element: FixedWidthInteger {
  @inline(__always)
  fileprivate func widenedCodes() -> Buffer<UInt32> {
    let source = span
    return Buffer<UInt32>(count: source.count) { UInt32(truncatingIfNeeded: source[$0]) }
  }
}
