import Glibc

/// A key of a terminal: a character, or a function key under a private code that libedit's key maps can hold.
///
/// Translating escape sequences here, and not in libedit's maps, keeps unknown keys from leaving characters in the text
/// and leaves the escape key free.
enum Key {
  static let up: UInt32 = 0x81
  static let down: UInt32 = 0x82
  static let right: UInt32 = 0x83
  static let left: UInt32 = 0x84
  static let home: UInt32 = 0x85
  static let end: UInt32 = 0x86
  static let delete: UInt32 = 0x87
  static let newline: UInt32 = 0x88
  static let backTab: UInt32 = 0x89
  static let wordLeft: UInt32 = 0x8A
  static let wordRight: UInt32 = 0x8B
  static let paste: UInt32 = 0x8C
  /// Does nothing: the escape key alone, unknown sequences.
  static let none: UInt32 = 0x8D

  /// The key of a sequence without its leading ESC: `[A`, `OH`, `[3~`, `[1;5C`.
  static func ofSequence(_ sequence: String) -> UInt32 {
    switch sequence {
    case "[A", "OA": up
    case "[B", "OB": down
    case "[C", "OC": right
    case "[D", "OD": left
    case "[H", "OH", "[1~", "[7~": home
    case "[F", "OF", "[4~", "[8~": end
    case "[3~": delete
    case "[Z": backTab
    case "[1;5D", "[1;3D", "[5D", "Od": wordLeft
    case "[1;5C", "[1;3C", "[5C", "Oc": wordRight
    case "[200~": paste
    case "[13;2u", "[27;2;13~": newline
    default: none
    }
  }
}

/// Reads keys from a terminal in raw mode: bytes in, characters and function keys out.
struct KeyReader {
  /// How long an escape key may wait for the rest of a sequence.
  private static let escapeMilliseconds: Int32 = 50

  private let descriptor: Int32
  private var bytes: [UInt8] = []
  private var pushedBack: [UInt32] = []

  init(descriptor: Int32) { self.descriptor = descriptor }

  /// Whether a key is there already.
  mutating func hasPending() -> Bool { !pushedBack.isEmpty || !bytes.isEmpty || isReadable(within: 0) }

  mutating func pushBack(_ key: UInt32) { pushedBack.append(key) }

  /// The next key; nil at the end of the input, or where `wasSignalled` says so after a signal.
  mutating func next(wasSignalled: () -> Bool) -> UInt32? {
    if let key = pushedBack.popLast() { return key }
    while true {
      guard let byte = nextByte(wasSignalled: wasSignalled) else { return nil }
      if byte == 0x1B { return escape() }
      if byte < 0x80 { return UInt32(byte) }
      if let scalar = decode(first: byte, wasSignalled: wasSignalled) { return scalar }
    }
  }

  /// What is pasted, up to the sequence that ends it: line ends as `\n`, tabs as spaces, other controls dropped.
  mutating func readPaste() -> String {
    let end = Array("\u{1B}[201~".utf8)
    var pasted: [UInt8] = []
    while let byte = nextByte(wasSignalled: { false }) {
      pasted.append(byte)
      if byte == UInt8(ascii: "~"), pasted.suffix(end.count) == end[...] {
        pasted.removeLast(end.count)
        break
      }
    }
    var text = ""
    var previous: Unicode.Scalar = " "
    for scalar in String(decoding: pasted, as: UTF8.self).unicodeScalars {
      switch scalar {
      case "\r": text += "\n"
      case "\n": if previous != "\r" { text += "\n" }
      case "\t": text += "  "
      default: if scalar.value >= 0x20, !(0x7F...0x9F).contains(scalar.value) { text.unicodeScalars.append(scalar) }
      }
      previous = scalar
    }
    while text.last?.isNewline == true { text.removeLast() }
    return text
  }

  /// After ESC: a function key, Alt with a character (ESC and the character pushed back), or the escape key alone.
  private mutating func escape() -> UInt32 {
    guard !bytes.isEmpty || isReadable(within: Self.escapeMilliseconds), let byte = nextByte(wasSignalled: { false })
    else { return Key.none }
    if byte == 0x0D || byte == 0x0A { return Key.newline }
    guard byte == UInt8(ascii: "[") || byte == UInt8(ascii: "O") else {
      bytes.insert(byte, at: 0)
      return 0x1B
    }
    var sequence = [byte]
    while sequence.count < 16 {
      guard !bytes.isEmpty || isReadable(within: Self.escapeMilliseconds), let next = nextByte(wasSignalled: { false })
      else { return Key.none }
      sequence.append(next)
      if (0x40...0x7E).contains(next) { break }
    }
    return Key.ofSequence(String(decoding: sequence, as: UTF8.self))
  }

  /// A character of several bytes; nil where they are not UTF-8.
  private mutating func decode(first: UInt8, wasSignalled: () -> Bool) -> UInt32? {
    let count =
      switch first {
      case 0xC2...0xDF: 2
      case 0xE0...0xEF: 3
      case 0xF0...0xF4: 4
      default: 0
      }
    guard count > 0 else { return nil }
    var encoded = [first]
    while encoded.count < count {
      guard let byte = nextByte(wasSignalled: wasSignalled) else { return nil }
      guard byte & 0xC0 == 0x80 else {
        bytes.insert(byte, at: 0)
        return nil
      }
      encoded.append(byte)
    }
    guard let scalar = String(validating: encoded, as: UTF8.self)?.unicodeScalars.first, scalar.value > 0x9F else {
      return nil
    }
    return scalar.value
  }

  private mutating func nextByte(wasSignalled: () -> Bool) -> UInt8? {
    while bytes.isEmpty {
      var buffer = [UInt8](repeating: 0, count: 4_096)
      guard isReadable(within: -1) else {
        if wasSignalled() { return nil }
        continue
      }
      let count = unsafe buffer.withUnsafeMutableBytes { unsafe read(descriptor, $0.baseAddress, $0.count) }
      if count > 0 {
        bytes += buffer[..<count]
      } else if count == 0 || errno != EINTR {
        return nil
      }
    }
    return bytes.removeFirst()
  }

  /// Waits for input; false when the time is over or a signal came.
  private func isReadable(within milliseconds: Int32) -> Bool {
    var request = pollfd(fd: descriptor, events: Int16(POLLIN), revents: 0)
    return unsafe poll(&request, 1, milliseconds) > 0
  }
}
