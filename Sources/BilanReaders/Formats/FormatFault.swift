import BilanDiagnostics

/// Why a file of a binary format cannot be read: what is wrong, while its name is not at hand.
package enum FormatFault: Error, Sendable {
  /// It breaks its format.
  case malformed(Localized)
  /// It uses what is not read.
  case unsupported(Localized)
  case query(QueryError)

  package static func malformed(_ english: String, fr french: String) -> FormatFault {
    .malformed(Localized(english, fr: french))
  }

  package static func unsupported(_ english: String, fr french: String) -> FormatFault {
    .unsupported(Localized(english, fr: french))
  }

  /// The error for people.
  package func error(_ name: String, _ format: String) -> QueryError {
    switch self {
    case .malformed(let reason): FileFormats.malformed(name, format, reason)
    case .unsupported(let what): FileFormats.unsupported(name, format, what)
    case .query(let error): error
    }
  }
}

extension ByteSource {
  /// Exactly these bytes.
  ///
  /// - Throws: `malformed` where the file has fewer; what the system says where it cannot be read.
  package func bytes(at offset: Int, count: Int) throws(FormatFault) -> ByteView {
    guard offset >= 0, count >= 0, offset <= size, count <= size - offset else {
      throw .malformed(
        "it ends after \(size) bytes, before what stands at offset \(offset)",
        fr: "il finit après \(size) octets, avant ce qui se trouve à la position \(offset)")
    }
    switch self {
    case .memory(let bytes): return bytes.slice(offset, count: count)!
    case .file(let file):
      let read: [UInt8]
      do throws(QueryError) {
        read = try file.bytes(at: offset, count: count)
      } catch {
        throw .query(error)
      }
      guard read.count == count else {
        throw .malformed("it has become shorter", fr: "il est devenu plus court")
      }
      return ByteView(read)
    }
  }

  /// - Throws: where the file was written into since it was opened.
  package func demandUnchanged() throws(QueryError) {
    if case .file(let file) = self { try file.demandUnchanged() }
  }

  /// The file at a path.
  ///
  /// - Throws: `fileNotFound`, `unreadableFile`.
  package init(path: String, name: String) throws(QueryError) {
    if let file = OpenedFile(path: path, name: name) {
      self = .file(file)
    } else {
      self = .memory(ByteView(try FileBytes.read(path: path)))
    }
  }
}
