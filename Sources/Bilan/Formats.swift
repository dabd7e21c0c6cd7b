import BilanReaders

/// The formats of files that this build reads beside delimited text; what needs a library comes with its trait of the
/// package.
enum Formats {
  static let all: [any FileFormat.Type] = [JSONFormat.self]
}
