import BilanRenderers
import Glibc

/// Where text goes: a stream of the process, or a buffer in tests.
package protocol TextOutput: AnyObject {
  /// Takes UTF-8.
  func write(_ bytes: [UInt8])
  /// Why later text went nowhere.
  var failure: OutputFailure? { get }
}

extension TextOutput {
  package func write(_ text: String) { write(Array(text.utf8)) }
}

package enum OutputFailure: Error, Equatable {
  /// The reader has gone, as with `| head`: nothing to complain about.
  case closed
  /// `errno` of a write that failed.
  case system(Int32)
}

/// Writes straight to a file descriptor, nothing buffered between calls.
package final class FileOutput: TextOutput {
  private let descriptor: Int32
  package private(set) var failure: OutputFailure?

  package init(descriptor: Int32) { self.descriptor = descriptor }

  package func write(_ bytes: [UInt8]) {
    guard failure == nil, !bytes.isEmpty else { return }
    failure = unsafe bytes.withUnsafeBufferPointer { unsafe Self.writeAll($0, to: descriptor) }
  }

  static func writeAll(_ buffer: UnsafeBufferPointer<UInt8>, to descriptor: Int32) -> OutputFailure? {
    var offset = 0
    while offset < buffer.count {
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
package final class BufferOutput: TextOutput {
  package private(set) var text = ""
  package var failure: OutputFailure?

  package init() {}

  package func write(_ bytes: [UInt8]) { text += String(decoding: bytes, as: UTF8.self) }

  /// What was written since the last call.
  package func take() -> String {
    defer { text = "" }
    return text
  }
}

/// Lets a renderer write to an output.
package struct OutputSink: TextSink {
  private let output: any TextOutput

  package init(_ output: any TextOutput) { self.output = output }

  package mutating func write(_ bytes: [UInt8]) { output.write(bytes) }
}
