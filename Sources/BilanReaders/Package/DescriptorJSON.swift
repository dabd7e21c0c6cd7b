/// The JSON of a descriptor as the standard spells it; `DescriptorReader` gives it meaning.
struct DescriptorJSON: Decodable {
  var name: String?
  var title: String?
  var description: String?
  var resources: [ResourceJSON]
  var sources: [SourceJSON]?
  var licenses: [SourceJSON]?
  var bilan: BilanJSON?

  struct BilanJSON: Decodable {
    var fiscal_year_start: Int?
    var thresholds: [String: Double]?
  }

  struct SourceJSON: Decodable {
    var name: String?
    var title: String?
    var path: String?
    var text: String? { title ?? name ?? path }
  }

  struct ResourceJSON: Decodable {
    var name: String?
    var path: OneOrMany?
    var title: String?
    var description: String?
    var encoding: String?
    var dialect: Reference<DialectJSON>?
    var schema: Reference<SchemaJSON>?
    var sources: [SourceJSON]?
    var bilan: Extension?

    struct Extension: Decodable {
      var protect: Int?
      var origin: String?
    }
  }

  struct DialectJSON: Decodable {
    var delimiter: String?
    var quoteChar: String?
    var header: Bool?
    var decimalChar: String?
    /// Frictionless-py nests the delimited dialect.
    var csv: Nested?

    struct Nested: Decodable {
      var delimiter: String?
      var quoteChar: String?
    }
  }

  struct SchemaJSON: Decodable {
    var fields: [FieldJSON]?
    var missingValues: [MissingValueJSON]?
    var primaryKey: OneOrMany?
    var foreignKeys: [ForeignKeyJSON]?
  }

  struct ForeignKeyJSON: Decodable {
    var fields: OneOrMany
    var reference: Target

    struct Target: Decodable {
      var resource: String?
      var fields: OneOrMany
    }
  }

  struct FieldJSON: Decodable {
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

    struct Extension: Decodable {
      var aliases: [String]?
      var sensitive: Bool?
      var unit: String?
      var display: String?
      var type: String?
    }

    struct ConstraintsJSON: Decodable {
      var required: Bool?
      var unique: Bool?
      var `enum`: [CategoryJSON]?
    }
  }

  /// `"a"` or `["a", "b"]`.
  struct OneOrMany: Decodable {
    var values: [String]

    init(from decoder: any Decoder) throws {
      let container = try decoder.singleValueContainer()
      values = try (try? [container.decode(String.self)]) ?? container.decode([String].self)
    }
  }

  /// `"-"` or `{"value": "-", "label": "not asked"}`.
  struct MissingValueJSON: Decodable {
    var value: String

    private enum Key: CodingKey { case value }

    init(from decoder: any Decoder) throws {
      if let text = try? decoder.singleValueContainer().decode(String.self) {
        value = text
      } else {
        value = try decoder.container(keyedBy: Key.self).decode(String.self, forKey: .value)
      }
    }
  }

  /// A text, a number, or an object with `value`.
  struct CategoryJSON: Decodable {
    var value: String

    private enum Key: CodingKey { case value }

    init(from decoder: any Decoder) throws {
      if let object = try? decoder.container(keyedBy: Key.self) {
        value = try object.decode(CategoryJSON.self, forKey: .value).value
        return
      }
      let container = try decoder.singleValueContainer()
      if let text = try? container.decode(String.self) {
        value = text
      } else if let number = try? container.decode(Int.self) {
        value = "\(number)"
      } else if let number = try? container.decode(Double.self) {
        value = "\(number)"
      } else {
        value = try container.decode(Bool.self) ? "true" : "false"
      }
    }
  }

  /// An object, or the path of a file that holds it.
  enum Reference<Content: Decodable>: Decodable {
    case inline(Content)
    case file(String)

    init(from decoder: any Decoder) throws {
      if let path = try? decoder.singleValueContainer().decode(String.self) {
        self = .file(path)
      } else {
        self = .inline(try Content(from: decoder))
      }
    }
  }
}
