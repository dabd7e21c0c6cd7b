import BilanDiagnostics

/// What a document says of a page that follows it, as services send the records of a long list: `"next": "https://…"`,
/// `"page": 1, "pages": 7`.
struct JSONNextPage {
  /// The name of what says so, `pager.nextPage`.
  let name: String

  /// Nil where nothing beside the records says that there are more: no next page, and no count of more than are there.
  ///
  /// - Parameters:
  ///   - table: the array of the records.
  ///   - isMain: whether a count in the document is one of them.
  init?(_ bytes: [UInt8], at place: Int, table: JSONTables.Table, isMain: Bool) {
    var found: String?
    var limits = Limits(
      count: table.count, parent: table.name.split(separator: ".").dropLast().joined(separator: "."), isMain: isMain)
    var cursor = JSONCursor(bytes, at: place)
    switch cursor.byte {
    case UInt8(ascii: "{"): found = Self.search(&cursor, name: "", depth: 0, &limits)
    // The head of a page stands before its records.
    case UInt8(ascii: "["):
      cursor.elements { cursor in
        if found == nil, cursor.byte == UInt8(ascii: "{"), cursor.place < place + 64 {
          found = Self.search(&cursor, name: "", depth: 0, &limits)
        } else {
          cursor.skipValue()
        }
      }
    default: break
    }
    guard let found = found ?? (limits.isReached ? limits.total : nil) ?? limits.surplus else { return nil }
    name = found
  }

  /// How many records there are in all, and how many a page may have.
  private struct Limits {
    let count: Int
    /// The name of the object that the records are in.
    let parent: String
    let isMain: Bool
    var isReached = false
    /// The name of the total that says of more where a page is full.
    var total: String?
    /// The name of what says of more by itself.
    var surplus: String?

    mutating func observe(_ plain: String, _ number: Int, _ path: String) {
      if JSONNextPage.totalNames.contains(plain), number > count { total = total ?? path }
      if JSONNextPage.limitNames.contains(plain), number == count { isReached = true }
    }

    /// Takes the numbers of an object: a count of records, one beside them, or a total beside what is said of a page.
    mutating func observe(_ numbers: [String: (value: Int, path: String)], in object: String) {
      guard isMain, surplus == nil else { return }
      let isOfPages = !JSONNextPage.pageWords.isDisjoint(with: numbers.keys)
      surplus = numbers.filter { plain, number in
        number.value > count
          && (JSONNextPage.recordNames.contains(plain) || plain == "count" && object == parent
            || plain == "total" && isOfPages || isOfHits(plain, in: object))
      }.map(\.value.path).min()
    }

    /// Whether a number is how many hits Elasticsearch has found, `{"hits": {"total": {"value": 10000}, "hits": […]}}`, or
    /// before its version 7 `"total": 10000`.
    private func isOfHits(_ plain: String, in object: String) -> Bool {
      guard parent == "hits" || parent.hasSuffix(".hits") else { return false }
      return plain == "total" && object == parent || plain == "value" && object == parent + ".total"
    }
  }

  /// Objects nested deeper are no head of a page: `_links.next.href`.
  private static let depthLimit = 2

  private static func search(
    _ cursor: inout JSONCursor, name: String, depth: Int, _ limits: inout Limits
  ) -> String? {
    var found: String?
    var numbers: [String: (value: Int, path: String)] = [:]
    cursor.members { cursor, key in
      let own = String(decoding: cursor.text(key), as: UTF8.self)
      let path = name.isEmpty ? own : name + "." + own
      let plain = own.lowercased().filter { $0.isLetter || $0 == "." }
      if cursor.byte == UInt8(ascii: "{"), depth < depthLimit {
        let inner = plain == "next" ? nextReference(cursor) : nil
        let deeper = search(&cursor, name: path, depth: depth + 1, &limits)
        found = found ?? (inner == true ? path : nil) ?? deeper
        return
      }
      let value = bytes(cursor.skipValue(), of: cursor)
      if nextNames.contains(plain), isReference(value) || value == Array("true".utf8) { found = found ?? path }
      if moreNames.contains(plain), value == Array("true".utf8) { found = found ?? path }
      if lastNames.contains(plain), value == Array("false".utf8) { found = found ?? path }
      if let number = Int(String(decoding: value.filter { $0 != UInt8(ascii: "\"") }, as: UTF8.self)) {
        numbers[plain] = (number, path)
        limits.observe(plain, number, path)
      }
    }
    limits.observe(numbers, in: name)
    if found == nil, let page = pageNames.lazy.compactMap({ numbers[$0] }).first,
      let count = countNames.lazy.compactMap({ numbers[$0] }).first, page.value < count.value
    {
      return page.path
    }
    return found
  }

  /// Whether an object called `next` holds where that is.
  private static func nextReference(_ cursor: JSONCursor) -> Bool {
    var cursor = cursor
    var isThere = false
    cursor.members { cursor, key in
      let name = String(decoding: cursor.text(key), as: UTF8.self).lowercased()
      let value = bytes(cursor.skipValue(), of: cursor)
      if ["href", "url"].contains(name), isReference(value) { isThere = true }
    }
    return isThere
  }

  private static func bytes(_ range: Range<Int>, of cursor: JSONCursor) -> [UInt8] { Array(cursor.bytes[range]) }

  /// A text that is not empty, or a number of a page.
  private static func isReference(_ value: [UInt8]) -> Bool {
    guard let first = value.first else { return false }
    return first == UInt8(ascii: "\"") ? value.count > 2 : first &- 0x31 < 9
  }

  private static let nextNames: Set<String> = [
    "next", "nextlink", "odata.nextlink", "nextpage", "nexturl", "nextpagetoken", "nextpageurl", "nexttoken",
    "nextcursor", "resumptiontoken", "nextrecordsurl", "nextpagelink",
  ]
  private static let moreNames: Set<String> = [
    "hasmore", "hasnext", "hasnextpage", "morerecords", "exceededtransferlimit",
  ]
  private static let lastNames: Set<String> = ["islastpage", "lastpage", "islast", "last"]
  /// What is a count of records wherever it stands.
  private static let recordNames: Set<String> = [
    "totalcount", "nhits", "numfound", "totalrecords", "totalresults", "totalelements", "totalitems", "totalrows",
    "totalhits", "recordstotal", "recordcount", "resultcount", "odata.count",
  ]
  /// Numbers that say of a page which one it is.
  private static let pageWords: Set<String> = [
    "page", "currentpage", "pagenumber", "pagesize", "perpage", "limit", "offset", "skip", "debut", "nombre",
    "startindex",
  ]
  private static let totalNames: Set<String> = [
    "total", "totalcount", "count", "nhits", "totalrecords", "totalresults",
  ]
  private static let limitNames: Set<String> = ["limit", "rows", "perpage", "pagesize", "itemsperpage"]
  private static let pageNames = ["page", "currentpage", "pagenumber"]
  private static let countNames = ["pages", "pagecount", "totalpages", "lastpage", "numpages", "nbpages"]
}
