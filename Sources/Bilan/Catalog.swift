import BilanColumnar
import BilanDiagnostics

/// The datasets that a session's queries may name.
public final class Catalog: Sendable {
  /// What is known of a dataset without reading it.
  public struct Dataset: Sendable {
    public var name: String
    public var title: String?
    public var summary: String?
    /// `synthetic`, `published`: where its figures come from.
    public var origin: String?
    public var path: String?
  }

  /// In alphabetical order.
  public let datasets: [Dataset]

  /// A catalog of what `sources` name: a folder with a `datapackage.json` or with data files, a file, or `NAME=FILE`.
  public init(_ sources: [String]) throws(BilanError) {
    datasets = []
  }

  /// Looks where a command line without `--data` looks: the nearest `datapackage.json` from `directory` upwards, else
  /// its folder `datasets`, else nothing.
  public static func nearest(to directory: String) throws(BilanError) -> Catalog { try Catalog([]) }
}
