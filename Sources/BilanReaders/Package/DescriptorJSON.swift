/// The JSON of a descriptor as the standard spells it; `DescriptorReader` gives it meaning.
struct DescriptorJSON: JSONReadable {
  var name: String?
  var title: String?
  var description: String?
  var resources: [ResourceJSON]
  var sources: [SourceJSON]?
  var licenses: [SourceJSON]?
  var bilan: BilanJSON?

  init(_ node: JSONNode) throws(JSONNode.Fault) {
    name = try node.text("name")
    title = try node.text("title")
    description = try node.text("description")
    resources = try node.required("resources").list { (node: JSONNode) throws(JSONNode.Fault) in try ResourceJSON(node)
    }
    sources = try node.objects("sources")
    licenses = try node.objects("licenses")
    bilan = try node.object("bilan")
  }

  struct BilanJSON: JSONReadable {
    var fiscal_year_start: Int?
    var dates: String?
    var thresholds: [String: Double]?

    init(_ node: JSONNode) throws(JSONNode.Fault) {
      fiscal_year_start = try node.integer("fiscal_year_start")
      dates = try node.text("dates")
      guard let node = try node.optional("thresholds") else { return }
      guard case .object(let members) = node.value else { throw .wrongKind(node.path) }
      var read: [String: Double] = [:]
      for (key, value) in members { read[key] = try JSONNode(value: value, path: .key(node.path, key)).real() }
      thresholds = read
    }
  }

  struct SourceJSON: JSONReadable {
    var name: String?
    var title: String?
    var path: String?
    var text: String? { title ?? name ?? path }

    init(_ node: JSONNode) throws(JSONNode.Fault) {
      name = try node.text("name")
      title = try node.text("title")
      path = try node.text("path")
    }
  }

  struct ResourceJSON: JSONReadable {
    var name: String?
    var path: OneOrMany?
    var title: String?
    var description: String?
    var encoding: String?
    var dialect: Reference<DialectJSON>?
    var schema: Reference<SchemaJSON>?
    var sources: [SourceJSON]?
    var bilan: Extension?

    init(_ node: JSONNode) throws(JSONNode.Fault) {
      name = try node.text("name")
      path = try node.object("path")
      title = try node.text("title")
      description = try node.text("description")
      encoding = try node.text("encoding")
      dialect = try node.object("dialect")
      schema = try node.object("schema")
      sources = try node.objects("sources")
      bilan = try node.object("bilan")
    }

    struct Extension: JSONReadable {
      var protect: Int?
      var origin: String?
      var footnotes: Bool?

      init(_ node: JSONNode) throws(JSONNode.Fault) {
        protect = try node.integer("protect")
        origin = try node.text("origin")
        footnotes = try node.boolean("footnotes")
      }
    }
  }

  struct DialectJSON: JSONReadable {
    var delimiter: String?
    var quoteChar: String?
    var header: Bool?
    var headerRows: [Int]?
    var commentRows: [Int]?
    var decimalChar: String?
    var nullSequence: String?
    var commentChar: String?
    var escapeChar: String?
    var doubleQuote: Bool?
    var lineTerminator: String?
    var headerJoin: String?
    /// Frictionless-py nests the delimited dialect.
    var csv: Nested?

    init(_ node: JSONNode) throws(JSONNode.Fault) {
      delimiter = try node.text("delimiter")
      quoteChar = try node.text("quoteChar")
      header = try node.boolean("header")
      headerRows = try node.list("headerRows") { (node: JSONNode) throws(JSONNode.Fault) in try node.integer() }
      commentRows = try node.list("commentRows") { (node: JSONNode) throws(JSONNode.Fault) in try node.integer() }
      decimalChar = try node.text("decimalChar")
      nullSequence = try node.text("nullSequence")
      commentChar = try node.text("commentChar")
      escapeChar = try node.text("escapeChar")
      doubleQuote = try node.boolean("doubleQuote")
      lineTerminator = try node.text("lineTerminator")
      headerJoin = try node.text("headerJoin")
      csv = try node.object("csv")
    }

    struct Nested: JSONReadable {
      var delimiter: String?
      var quoteChar: String?

      init(_ node: JSONNode) throws(JSONNode.Fault) {
        delimiter = try node.text("delimiter")
        quoteChar = try node.text("quoteChar")
      }
    }
  }

  struct SchemaJSON: JSONReadable {
    var fields: [FieldJSON]?
    var missingValues: [MissingValueJSON]?
    var primaryKey: OneOrMany?
    var foreignKeys: [ForeignKeyJSON]?

    init(_ node: JSONNode) throws(JSONNode.Fault) {
      fields = try node.objects("fields")
      missingValues = try node.objects("missingValues")
      primaryKey = try node.object("primaryKey")
      foreignKeys = try node.objects("foreignKeys")
    }
  }

  struct ForeignKeyJSON: JSONReadable {
    var fields: OneOrMany
    var reference: Target

    init(_ node: JSONNode) throws(JSONNode.Fault) {
      fields = try OneOrMany(node.required("fields"))
      reference = try Target(node.required("reference"))
    }

    struct Target: JSONReadable {
      var resource: String?
      var fields: OneOrMany

      init(_ node: JSONNode) throws(JSONNode.Fault) {
        resource = try node.text("resource")
        fields = try OneOrMany(node.required("fields"))
      }
    }
  }

  struct FieldJSON: JSONReadable {
    var name: String
    var type: String?
    var format: String?
    var title: String?
    var description: String?
    var decimalChar: String?
    var groupChar: String?
    var bareNumber: Bool?
    var categories: [CategoryJSON]?
    var missingValues: [MissingValueJSON]?
    var trueValues: [String]?
    var falseValues: [String]?
    var constraints: ConstraintsJSON?
    var bilan: Extension?

    init(_ node: JSONNode) throws(JSONNode.Fault) {
      name = try node.required("name").text()
      type = try node.text("type")
      format = try node.text("format")
      title = try node.text("title")
      description = try node.text("description")
      decimalChar = try node.text("decimalChar")
      groupChar = try node.text("groupChar")
      bareNumber = try node.boolean("bareNumber")
      categories = try node.objects("categories")
      missingValues = try node.objects("missingValues")
      trueValues = try node.texts("trueValues")
      falseValues = try node.texts("falseValues")
      constraints = try node.object("constraints")
      bilan = try node.object("bilan")
    }

    struct Extension: JSONReadable {
      var aliases: [String]?
      var sensitive: Bool?
      var unit: String?
      var display: String?
      var type: String?
      var order: String?

      init(_ node: JSONNode) throws(JSONNode.Fault) {
        aliases = try node.texts("aliases")
        sensitive = try node.boolean("sensitive")
        unit = try node.text("unit")
        display = try node.text("display")
        type = try node.text("type")
        order = try node.text("order")
      }
    }

    struct ConstraintsJSON: JSONReadable {
      var required: Bool?
      var unique: Bool?
      var `enum`: [CategoryJSON]?

      init(_ node: JSONNode) throws(JSONNode.Fault) {
        required = try node.boolean("required")
        unique = try node.boolean("unique")
        `enum` = try node.objects("enum")
      }
    }
  }

  /// `"a"` or `["a", "b"]`.
  struct OneOrMany: JSONReadable {
    var values: [String]

    init(_ node: JSONNode) throws(JSONNode.Fault) {
      if node.isText {
        values = [try node.text()]
      } else {
        values = try node.list { (node: JSONNode) throws(JSONNode.Fault) in try node.text() }
      }
    }
  }

  /// `"-"` or `{"value": "-", "label": "not asked"}`.
  struct MissingValueJSON: JSONReadable {
    var value: String

    init(_ node: JSONNode) throws(JSONNode.Fault) {
      value = node.isText ? try node.text() : try node.required("value").text()
    }
  }

  /// A text, a number, or an object with `value`.
  struct CategoryJSON: JSONReadable {
    var value: String

    init(_ node: JSONNode) throws(JSONNode.Fault) {
      switch node.value {
      case .object: value = try CategoryJSON(node.required("value")).value
      case .text(let text): value = text
      case .number:
        if let number = try? node.integer() {
          value = "\(number)"
        } else {
          value = "\(try node.real())"
        }
      default: value = try node.boolean() ? "true" : "false"
      }
    }
  }

  /// An object, or the path of a file that holds it.
  enum Reference<Content: JSONReadable>: JSONReadable {
    case inline(Content)
    case file(String)

    init(_ node: JSONNode) throws(JSONNode.Fault) {
      if node.isText {
        self = .file(try node.text())
      } else {
        self = .inline(try Content(node))
      }
    }
  }
}
