/// Where renderers put their bytes: a buffer, a file, a terminal.
package protocol TextSink {
  /// Takes a block of UTF-8; blocks are some ten thousand bytes where there is much to write.
  mutating func write(_ bytes: [UInt8])
}

extension TextSink {
  package mutating func write(_ text: String) { write(Array(text.utf8)) }
}

/// Keeps what is written in memory.
package struct BufferSink: TextSink, Sendable {
  package private(set) var bytes: [UInt8] = []

  package init() {}

  package mutating func write(_ block: [UInt8]) {
    if bytes.isEmpty { bytes = block } else { bytes.append(contentsOf: block) }
  }

  package var text: String { String(decoding: bytes, as: UTF8.self) }
}
