import Glibc

/// Where text goes: a stream of the process, or a buffer in tests.
package protocol TextSink: AnyObject {
  func write(_ text: String)
  /// Why later text went nowhere.
  var failure: SinkFailure? { get }
}

package enum SinkFailure: Error, Equatable {
  /// The reader has gone, as with `| head`: nothing to complain about.
  case closed
  /// `errno` of a write that failed.
  case system(Int32)
}

/// Writes straight to a file descriptor, nothing buffered between calls.
package final class FileSink: TextSink {
  private let descriptor: Int32
  package private(set) var failure: SinkFailure?

  package init(descriptor: Int32) { self.descriptor = descriptor }

  package func write(_ text: String) {
    guard failure == nil, !text.isEmpty else { return }
    var text = text
    failure = text.withUTF8 { buffer in unsafe Self.writeAll(buffer, to: descriptor) }
  }

  static func writeAll(_ buffer: UnsafeBufferPointer<UInt8>, to descriptor: Int32) -> SinkFailure? {
    var offset = 0
    while unsafe offset < buffer.count {
      // The pointer stays within the buffer: `offset` counts bytes of it that were written.
      let count = unsafe Glibc.write(descriptor, buffer.baseAddress! + offset, buffer.count - offset)
      if count >= 0 {
        offset += count
      } else if errno == EPIPE {
        return .closed
      } else if errno != EINTR {
        return .system(errno)
      }
    }
    return nil
  }
}

/// Keeps what is written.
package final class BufferSink: TextSink {
  package private(set) var text = ""
  package var failure: SinkFailure?

  package init() {}

  package func write(_ text: String) { self.text += text }

  /// What was written since the last call.
  package func take() -> String {
    defer { text = "" }
    return text
  }
}
