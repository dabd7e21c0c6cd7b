import BilanCompression
import BilanDiagnostics

extension FormatFault {
  /// What an inflation that failed means for the file.
  package init(_ failure: InflationFailure) {
    switch failure {
    case .notBuilt(let format):
      self = .unsupported(
        "\(format.rawValue) compression, for which this build has no library",
        fr: "la compression \(format.rawValue), pour laquelle cette version n’a pas de bibliothèque")
    case .truncated:
      self = .malformed("a compressed part is cut short", fr: "une partie compressée est tronquée")
    case .damaged(let offset, let reason):
      self = .malformed(
        "a compressed part is damaged near its byte \(offset): \(reason)",
        fr: "une partie compressée est abîmée vers son octet \(offset) : \(reason)")
    case .tooLarge(let limit):
      self = .malformed(
        "a compressed part holds more than the \(limit) bytes it claims",
        fr: "une partie compressée contient plus que les \(limit) octets annoncés")
    }
  }
}
