import BilanColumnar
import BilanDiagnostics
import CExpat

/// Reads XML with expat, one record after another: an element of a name that is asked for is handed over whole and then
/// forgotten, so that memory holds the file and one record of it.
///
/// Document types are refused, and with them every entity but the five that XML has: they are what lets a small file
/// become a large one, and no publisher needs them.
@safe final class XMLRecords {
  /// Deeper nesting is refused; the formats read here stay far below.
  private static let depthLimit = 128
  /// Bytes given to the parser at a time.
  private static let pieceSize = 1 << 20

  private let name: String
  private let records: Set<String>
  private let handle: (XMLElement?, XMLElement) throws(QueryError) -> Void
  private var parser: XML_Parser?
  /// The elements of the record at hand that are open, the record first; empty between records.
  private var open: [XMLElement] = []
  private var depth = 0
  /// What ended the reading.
  private var failure: QueryError?
  /// The outermost element, without what is in it.
  private var root: XMLElement?

  private init(
    name: String, records: Set<String>, handle: @escaping (XMLElement?, XMLElement) throws(QueryError) -> Void
  ) {
    self.name = name
    self.records = records
    self.handle = handle
  }

  /// Calls `handle` with each record of a document, and with the outermost element, without what is in it.
  ///
  /// - Parameters:
  ///   - name: how messages call the file.
  ///   - records: the names of elements that are records; one inside another is part of that.
  /// - Throws: `malformedFile` with line and column, `unsupportedFormat` for a document type, what `handle` throws,
  ///   `.cancelled`.
  /// - Returns: the outermost element, without what is in it.
  static func read(
    _ bytes: [UInt8], name: String, records: Set<String>, isCancelled: () -> Bool,
    handle: @escaping (XMLElement?, XMLElement) throws(QueryError) -> Void
  ) throws(QueryError) -> XMLElement? {
    let reading = XMLRecords(name: name, records: records, handle: handle)
    try reading.run(bytes, isCancelled)
    return reading.root
  }

  private func run(_ bytes: [UInt8], _ isCancelled: () -> Bool) throws(QueryError) {
    guard let parser = unsafe XML_ParserCreate(nil) else { preconditionFailure("no memory for a parser") }
    unsafe self.parser = parser
    defer {
      unsafe XML_ParserFree(parser)
      unsafe self.parser = nil
    }
    // SAFETY: the parser does not outlive this call, and this object does.
    unsafe XML_SetUserData(parser, Unmanaged.passUnretained(self).toOpaque())
    unsafe XML_SetElementHandler(
      parser, { unsafe XMLRecords.of($0).begin($1, $2) }, { user, _ in unsafe XMLRecords.of(user).end() })
    unsafe XML_SetCharacterDataHandler(parser) { user, text, count in
      unsafe XMLRecords.of(user).add(UnsafeRawBufferPointer(start: text, count: Int(count)))
    }
    unsafe XML_SetStartDoctypeDeclHandler(parser) { user, _, _, _, _ in unsafe XMLRecords.of(user).refuseType() }
    unsafe XML_SetUnknownEncodingHandler(
      parser, { _, name, info in unsafe XMLRecords.fill(info, forEncoding: name) }, nil)
    var start = 0
    repeat {
      if isCancelled() { throw .cancelled }
      let end = min(start + Self.pieceSize, bytes.count)
      let status = unsafe bytes[start..<end].withUnsafeBytes { piece in
        // SAFETY: the parser reads `piece.count` bytes and keeps none of them by address.
        unsafe XML_Parse(
          parser, piece.baseAddress?.assumingMemoryBound(to: CChar.self), Int32(piece.count),
          end == bytes.count ? 1 : 0)
      }
      if let failure { throw failure }
      if status != XML_STATUS_OK { throw malformed(unsafe XML_GetErrorCode(parser)) }
      start = end
    } while start < bytes.count
  }

  /// The reading that the parser was given with its handlers.
  private static func of(_ user: UnsafeMutableRawPointer?) -> XMLRecords {
    // SAFETY: `run` set this pointer and holds the object while handlers are called.
    unsafe Unmanaged<XMLRecords>.fromOpaque(user!).takeUnretainedValue()
  }

  private var line: Int { Int(unsafe XML_GetCurrentLineNumber(parser)) }
  private var column: Int { Int(unsafe XML_GetCurrentColumnNumber(parser)) + 1 }

  private func stop(_ error: QueryError) {
    failure = failure ?? error
    _ = unsafe XML_StopParser(parser, XML_Bool(0))
  }

  // MARK: What the parser calls

  private func begin(_ name: UnsafePointer<XML_Char>?, _ attributes: UnsafeMutablePointer<UnsafePointer<XML_Char>?>?) {
    // After a stop the parser may still call for what it has at hand.
    guard failure == nil else { return }
    depth += 1
    guard depth <= Self.depthLimit else {
      return stop(
        fault(
          Localized(
            "elements are nested more than \(Self.depthLimit) deep",
            fr: "des éléments sont imbriqués sur plus de \(Self.depthLimit) niveaux")))
    }
    let element = unsafe String(cString: name!)
    let isRecord = !open.isEmpty || records.contains(element)
    guard isRecord || root == nil else { return }
    var values: [(name: String, value: String)] = []
    // SAFETY: names and values come in turn, each ended by a zero byte, and nil ends the list.
    if var next = unsafe attributes {
      while let name = unsafe next[0], let value = unsafe next[1] {
        unsafe values.append((String(cString: name), String(cString: value)))
        unsafe next += 2
      }
    }
    let made = XMLElement(name: element, attributes: values, line: line)
    if root == nil { root = made }
    if isRecord { open.append(made) }
  }

  private func add(_ text: UnsafeRawBufferPointer) {
    guard !open.isEmpty else { return }
    unsafe open[open.count - 1].text.append(contentsOf: text)
  }

  private func end() {
    guard failure == nil else { return }
    depth -= 1
    guard let element = open.popLast() else { return }
    if !open.isEmpty {
      open[open.count - 1].children.append(element)
      return
    }
    do throws(QueryError) { try handle(root, element) } catch { stop(error) }
  }

  private func refuseType() {
    stop(
      QueryError(
        .error(
          .unsupportedFormat,
          Localized(
            "line \(line) of `\(name)` declares a document type, which is not read",
            fr: "la ligne \(line) de `\(name)` déclare un type de document, ce qui n’est pas lu"),
          help: Localized(
            "entities can make a small file very large; write them out and remove the declaration",
            fr: "des entités peuvent rendre un petit fichier très grand ; écrivez-les en toutes lettres et retirez la "
              + "déclaration")), kind: .data))
  }

  /// The characters of single-byte encodings that expat does not know; windows-1252 is what publishers use of them.
  private static func fill(
    _ info: UnsafeMutablePointer<XML_Encoding>?, forEncoding name: UnsafePointer<XML_Char>?
  ) -> Int32 {
    guard let info = unsafe info, let name = unsafe name else { return 0 }
    let encoding = unsafe String(cString: name).lowercased()
    guard ["windows-1252", "cp1252", "iso-8859-15", "latin1"].contains(encoding) else { return 0 }
    var characters = (0..<256).map { Int32($0) }
    if encoding == "iso-8859-15" {
      for (place, character) in [
        0xA4: 0x20AC, 0xA6: 0x160, 0xA8: 0x161, 0xB4: 0x17D, 0xB8: 0x17E, 0xBC: 0x152, 0xBD: 0x153, 0xBE: 0x178,
      ] as [Int: Int32] {
        characters[place] = character
      }
    } else {
      characters.replaceSubrange(0x80..<0xA0, with: windows1252)
    }
    // SAFETY: the map has 256 places.
    unsafe withUnsafeMutableBytes(of: &info.pointee.map) { map in
      unsafe characters.withUnsafeBytes { unsafe map.copyMemory(from: $0) }
    }
    unsafe info.pointee.data = nil
    unsafe info.pointee.convert = nil
    unsafe info.pointee.release = nil
    return 1
  }

  /// 0x80 to 0x9F; -1 where there is no character.
  private static let windows1252: [Int32] = [
    0x20AC, -1, 0x201A, 0x192, 0x201E, 0x2026, 0x2020, 0x2021, 0x2C6, 0x2030, 0x160, 0x2039, 0x152, -1, 0x17D, -1, -1,
    0x2018, 0x2019, 0x201C, 0x201D, 0x2022, 0x2013, 0x2014, 0x2DC, 0x2122, 0x161, 0x203A, 0x153, -1, 0x17E, 0x178,
  ]

  // MARK: Errors

  private func malformed(_ code: XML_Error) -> QueryError {
    let words = unsafe XML_ErrorString(code).map { unsafe String(cString: $0) } ?? "not well-formed"
    return fault(Localized(words, fr: Self.french[code.rawValue] ?? words), help: Self.help(code))
  }

  /// What to do about a text that is nearly XML; nil where nothing is plain.
  private static func help(_ code: XML_Error) -> Localized? {
    switch code {
    case XML_ERROR_NO_ELEMENTS, XML_ERROR_UNCLOSED_TOKEN, XML_ERROR_UNCLOSED_CDATA_SECTION, XML_ERROR_PARTIAL_CHAR:
      Localized(
        "the text ends before it should: the file may have been cut short",
        fr: "le texte finit trop tôt : le fichier a pu être tronqué")
    case XML_ERROR_INVALID_TOKEN, XML_ERROR_SYNTAX:
      Localized(
        "in XML `&` is written `&amp;` and `<` is written `&lt;`: mend it there, or have it exported again",
        fr: "en XML, `&` s’écrit `&amp;` et `<` s’écrit `&lt;` : corrigez-le, ou faites exporter le fichier de nouveau")
    case XML_ERROR_TAG_MISMATCH:
      Localized(
        "each tag is closed by its own, in the order in which they were opened: mend it there, or have it exported again",
        fr:
          "chaque balise se ferme par la sienne, dans l’ordre d’ouverture : corrigez-le, ou faites exporter le fichier "
          + "de nouveau")
    case XML_ERROR_UNDEFINED_ENTITY:
      Localized(
        "write the character itself, or `&amp;` where `&` is meant",
        fr: "écrivez le caractère lui-même, ou `&amp;` s’il s’agit de `&`")
    case XML_ERROR_UNKNOWN_ENCODING, XML_ERROR_INCORRECT_ENCODING:
      Localized(
        "save it as UTF-8, and say so in its first line", fr: "enregistrez-le en UTF-8, et dites-le à la première ligne"
      )
    case XML_ERROR_JUNK_AFTER_DOC_ELEMENT:
      Localized(
        "a file has one outermost element: two files were put together",
        fr: "un fichier a un seul élément extérieur : deux fichiers ont été mis bout à bout")
    default: nil
    }
  }

  private static let french: [UInt32: String] = [
    XML_ERROR_NO_ELEMENTS.rawValue: "aucun élément n’est trouvé",
    XML_ERROR_SYNTAX.rawValue: "erreur de syntaxe",
    XML_ERROR_INVALID_TOKEN.rawValue: "le texte n’est pas bien formé",
    XML_ERROR_UNCLOSED_TOKEN.rawValue: "une balise n’est pas fermée",
    XML_ERROR_PARTIAL_CHAR.rawValue: "un caractère est incomplet",
    XML_ERROR_TAG_MISMATCH.rawValue: "les balises ne correspondent pas",
    XML_ERROR_DUPLICATE_ATTRIBUTE.rawValue: "un attribut est donné deux fois",
    XML_ERROR_JUNK_AFTER_DOC_ELEMENT.rawValue: "il y a autre chose après la fin du document",
    XML_ERROR_UNDEFINED_ENTITY.rawValue: "l’entité n’est pas définie",
    XML_ERROR_BAD_CHAR_REF.rawValue: "le numéro ne désigne aucun caractère",
    XML_ERROR_MISPLACED_XML_PI.rawValue: "la déclaration XML n’est pas au début",
    XML_ERROR_UNKNOWN_ENCODING.rawValue: "l’encodage est inconnu",
    XML_ERROR_INCORRECT_ENCODING.rawValue: "l’encodage déclaré n’est pas celui du fichier",
    XML_ERROR_UNCLOSED_CDATA_SECTION.rawValue: "une section CDATA n’est pas fermée",
  ]

  private func fault(_ problem: Localized, help: Localized? = nil) -> QueryError {
    QueryError(
      .error(
        .malformedFile,
        Localized(
          "line \(line), column \(column) of `\(name)` is not XML: \(problem.english)",
          fr: "la ligne \(line), colonne \(column) de `\(name)` n’est pas du XML : \(problem.french)"), help: help),
      kind: .data)
  }
}
