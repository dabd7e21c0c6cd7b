#if Spreadsheets
  /// The name of an element or attribute: its namespace's kind and its local part.
  ///
  /// Only the first sixteen bytes and the length of the local part are kept, which tells apart all that a workbook has, so
  /// that comparing names is comparing words.
  struct XMLName: Hashable {
    enum Space: UInt8 {
      /// SpreadsheetML, strict or transitional; names without a namespace are taken for it.
      case sheet
      /// The relationships that attributes refer to, strict or transitional.
      case relationship
      /// The files `.rels`.
      case package
      case other
    }

    private let space: Space
    private let count: UInt8
    private let first: UInt64
    private let second: UInt64

    init(_ name: StaticString, _ space: Space = .sheet) {
      var builder = Builder()
      // A static string is its bytes for as long as the program runs.
      for byte in name.description.utf8 { builder.append(byte) }
      self = builder.name(space)
    }

    private init(space: Space, count: UInt8, first: UInt64, second: UInt64) {
      self.space = space
      self.count = count
      self.first = first
      self.second = second
    }

    /// Takes the local part byte by byte.
    struct Builder {
      private var count = 0
      private var first: UInt64 = 0
      private var second: UInt64 = 0

      mutating func append(_ byte: UInt8) {
        if count < 8 {
          first |= UInt64(byte) << UInt64(8 * count)
        } else if count < 16 {
          second |= UInt64(byte) << UInt64(8 * (count - 8))
        }
        count += 1
      }

      func name(_ space: Space) -> XMLName {
        XMLName(space: space, count: UInt8(clamping: count), first: first, second: second)
      }
    }
  }

  extension XMLName.Space {
    private static let sheetAddresses: [[UInt8]] = [
      Array("http://schemas.openxmlformats.org/spreadsheetml/2006/main".utf8),
      Array("http://purl.oclc.org/ooxml/spreadsheetml/main".utf8),
    ]
    private static let relationshipAddresses: [[UInt8]] = [
      Array("http://schemas.openxmlformats.org/officeDocument/2006/relationships".utf8),
      Array("http://purl.oclc.org/ooxml/officeDocument/relationships".utf8),
    ]
    private static let packageAddress = Array("http://schemas.openxmlformats.org/package/2006/relationships".utf8)

    /// The kind of the namespace with this address.
    init(_ address: borrowing Swift.Span<UInt8>) {
      if address.isEmpty || Self.sheetAddresses.contains(where: { Self.equal(address, $0) }) {
        self = .sheet
      } else if Self.relationshipAddresses.contains(where: { Self.equal(address, $0) }) {
        self = .relationship
      } else if Self.equal(address, Self.packageAddress) {
        self = .package
      } else {
        self = .other
      }
    }

    private static func equal(_ address: borrowing Swift.Span<UInt8>, _ known: [UInt8]) -> Bool {
      guard address.count == known.count else { return false }
      let known = known.span
      for index in address.indices where address[index] != known[index] { return false }
      return true
    }
  }
#endif
