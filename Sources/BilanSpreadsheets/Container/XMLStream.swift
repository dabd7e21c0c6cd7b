#if Spreadsheets
  import BilanArchives
  import BilanDiagnostics
  import CExpat

  /// What reads the elements of a part as they come.
  protocol XMLHandler: AnyObject {
    func start(_ name: XMLName, _ attributes: XMLAttributes)
    /// A piece of the text inside the element at hand; a text may come in several.
    func text(_ bytes: [UInt8])
    func end(_ name: XMLName)
    /// Why reading should stop; asked after each block.
    var failure: QueryError? { get }
  }

  extension XMLHandler {
    func text(_ bytes: [UInt8]) {}
    func end(_ name: XMLName) {}
    var failure: QueryError? { nil }
  }

  /// The attributes of an element, for as long as its `start` lasts.
  @safe struct XMLAttributes {
    /// Names and values by turns, each ended by a zero, and a null pointer after the last; expat's, valid during the call.
    fileprivate let pairs: UnsafeMutablePointer<UnsafePointer<CChar>?>?
    fileprivate let context: XMLContext

    /// Gives the attributes in their order, each with its value.
    func forEach(_ body: (XMLName, borrowing Swift.Span<UInt8>) -> Void) {
      guard let pairs = unsafe pairs else { return }
      var index = 0
      while let key = unsafe pairs[index], let value = unsafe pairs[index + 1] {
        let name = unsafe context.name(key)
        unsafe XMLContext.withBytes(value) { body(name, $0) }
        index += 2
      }
    }

    /// Gives the bytes of an attribute's value to `read`; nil where the element has no such attribute.
    func value<Result>(_ name: XMLName, _ read: (borrowing Swift.Span<UInt8>) -> Result) -> Result? {
      guard let pairs = unsafe pairs else { return nil }
      var index = 0
      while let key = unsafe pairs[index], let value = unsafe pairs[index + 1] {
        if unsafe context.name(key) == name {
          return unsafe XMLContext.withBytes(value, read)
        }
        index += 2
      }
      return nil
    }

    func text(_ name: XMLName) -> String? {
      value(name) { bytes in
        var copy: [UInt8] = []
        for index in bytes.indices { copy.append(bytes[index]) }
        return String(decoding: copy, as: UTF8.self)
      }
    }

    /// A whole number without a sign.
    func integer(_ name: XMLName) -> Int? { value(name) { Self.integer($0) } ?? nil }

    /// `1`, `true`, `on`.
    func isTrue(_ name: XMLName) -> Bool {
      guard let text = text(name) else { return false }
      return ["1", "true", "on"].contains(text)
    }

    static func integer(_ bytes: borrowing Swift.Span<UInt8>) -> Int? {
      guard !bytes.isEmpty, bytes.count <= 18 else { return nil }
      var number = 0
      for index in bytes.indices {
        let digit = bytes[index] &- 0x30
        guard digit < 10 else { return nil }
        number = number * 10 + Int(digit)
      }
      return number
    }
  }

  /// Reads a part of a workbook as a stream of elements, in memory that does not depend on its size.
  ///
  /// A document type declaration, which no workbook has, is refused: with it go entities and their expansion.
  enum XMLStream {
    /// A tag or a comment may be this long. Expat goes over it again with every block, so without a bound one huge tag
    /// would take time by the square of its length.
    static let tagLimit = 4 << 20

    /// - Throws: `malformedFile` where the part is not well-formed; the handler's `failure`; `QueryError.cancelled`.
    static func read(
      _ part: String, of archive: ZipArchive, isCancelled: () -> Bool = { false }, _ handler: some XMLHandler
    ) throws(QueryError) {
      // Names come as the namespace's address, a line feed, the local part.
      guard let parser = unsafe XML_ParserCreateNS(nil, XML_Char(XMLContext.separator)) else {
        preconditionFailure("no memory for a parser")
      }
      defer { unsafe XML_ParserFree(parser) }
      let context = unsafe XMLContext(handler, parser)
      // SAFETY: the context outlives the parser's calls, all of which are made below.
      defer { withExtendedLifetime(context) {} }
      unsafe XML_SetUserData(parser, Unmanaged.passUnretained(context).toOpaque())
      unsafe XML_SetElementHandler(parser, XMLContext.start, XMLContext.end)
      unsafe XML_SetCharacterDataHandler(parser, XMLContext.text)
      unsafe XML_SetStartDoctypeDeclHandler(parser, XMLContext.doctype)
      // Bytes since expat last had something to say.
      var silence = 0
      func check(_ status: XML_Status) throws(QueryError) {
        if context.hasDoctype {
          throw WorkbookError.invalidXML(
            part, line: Int(unsafe XML_GetCurrentLineNumber(parser)),
            Localized("a document type declaration", fr: "une déclaration de type de document"), in: archive.name)
        }
        if let failure = handler.failure { throw failure }
        if isCancelled() { throw .cancelled }
        if status == XML_STATUS_ERROR {
          let code = unsafe XML_GetErrorCode(parser)
          let reason = unsafe XML_ErrorString(code).map { unsafe String(cString: $0) } ?? "not well-formed"
          throw WorkbookError.invalidXML(
            part, line: Int(unsafe XML_GetCurrentLineNumber(parser)), Localized(verbatim: reason), in: archive.name)
        }
      }
      try archive.read(part) { (block: borrowing Swift.Span<UInt8>) throws(QueryError) in
        // SAFETY: expat reads `count` bytes from the start of the block, and keeps copies.
        let status = unsafe block.withUnsafeBufferPointer { bytes in
          unsafe XML_Parse(
            parser, UnsafeRawPointer(bytes.baseAddress!).assumingMemoryBound(to: CChar.self), Int32(bytes.count), 0)
        }
        try check(status)
        silence = context.hasSpoken ? 0 : silence + block.count
        context.hasSpoken = false
        if silence > tagLimit {
          throw WorkbookError.invalidXML(
            part, line: Int(unsafe XML_GetCurrentLineNumber(parser)),
            Localized("a tag that is far too long", fr: "une balise bien trop longue"), in: archive.name)
        }
      }
      try check(unsafe XML_Parse(parser, nil, 0, 1))
    }
  }

  /// What expat's callbacks know: they get it as a pointer.
  @safe fileprivate final class XMLContext {
    static let separator = UInt8(ascii: "\n")
    /// The text at hand, kept for its memory.
    private var buffer: [UInt8] = []
    /// The namespace that a name had last: most have the same one.
    private var lastSpace = XMLName.Space.sheet
    private var lastAddress: [CChar] = []

    private let handler: any XMLHandler
    private let parser: XML_Parser
    private(set) var hasDoctype = false
    /// Whether there was an element or a text since it was last set to false.
    var hasSpoken = false

    init(_ handler: any XMLHandler, _ parser: XML_Parser) {
      self.handler = handler
      unsafe self.parser = parser
    }

    /// Reads a text that a zero ends.
    static func withBytes<Result>(
      _ text: UnsafePointer<CChar>, _ read: (borrowing Swift.Span<UInt8>) -> Result
    ) -> Result {
      // SAFETY: `count` characters stand before the zero, and they stay as they are while a callback runs.
      let count = unsafe strlen(text)
      let bytes = unsafe UnsafeBufferPointer(
        start: UnsafeRawPointer(text).assumingMemoryBound(to: UInt8.self), count: count)
      return read(unsafe bytes.span)
    }

    /// The name that expat writes as an address, a line feed and the local part, or as the local part alone.
    func name(_ text: UnsafePointer<CChar>) -> XMLName {
      guard let mark = unsafe strrchr(text, Int32(Self.separator)) else {
        return unsafe Self.local(text, .sheet)
      }
      // SAFETY: both pointers are into the same text, the mark after its start.
      let size = unsafe UnsafePointer(mark) - text
      if unsafe size != lastAddress.count || memcmp(text, lastAddress, size) != 0 {
        let address = unsafe UnsafeBufferPointer(start: text, count: size)
        lastAddress = unsafe Array(address)
        let bytes = lastAddress.map { UInt8(bitPattern: $0) }
        lastSpace = XMLName.Space(bytes.span)
      }
      return unsafe Self.local(UnsafePointer(mark) + 1, lastSpace)
    }

    private static func local(_ text: UnsafePointer<CChar>, _ space: XMLName.Space) -> XMLName {
      var builder = XMLName.Builder()
      var index = 0
      // SAFETY: a zero ends the text.
      while unsafe text[index] != 0 {
        builder.append(UInt8(bitPattern: unsafe text[index]))
        index += 1
      }
      return builder.name(space)
    }

    private static func from(_ pointer: UnsafeMutableRawPointer?) -> XMLContext {
      // SAFETY: the only user data that a parser is given is its context, which outlives the parsing.
      unsafe Unmanaged<XMLContext>.fromOpaque(pointer!).takeUnretainedValue()
    }

    static let start: XML_StartElementHandler = { pointer, name, attributes in
      guard let name = unsafe name else { return }
      let context = unsafe from(pointer)
      context.hasSpoken = true
      unsafe context.handler.start(context.name(name), XMLAttributes(pairs: attributes, context: context))
    }

    static let end: XML_EndElementHandler = { pointer, name in
      guard let name = unsafe name else { return }
      let context = unsafe from(pointer)
      unsafe context.handler.end(context.name(name))
    }

    static let text: XML_CharacterDataHandler = { pointer, characters, count in
      guard let characters = unsafe characters, count > 0 else { return }
      // SAFETY: expat hands over `count` characters.
      let bytes = unsafe UnsafeBufferPointer(
        start: UnsafeRawPointer(characters).assumingMemoryBound(to: UInt8.self), count: Int(count))
      let context = unsafe from(pointer)
      context.hasSpoken = true
      context.buffer.removeAll(keepingCapacity: true)
      unsafe context.buffer.append(contentsOf: bytes)
      context.handler.text(context.buffer)
    }

    static let doctype: XML_StartDoctypeDeclHandler = { pointer, _, _, _, _ in
      let context = unsafe from(pointer)
      context.hasDoctype = true
      unsafe XML_StopParser(context.parser, 0)
    }
  }
#endif
