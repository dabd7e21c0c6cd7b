import Bilan
import BilanColumnar
import BilanDiagnostics
import BilanRenderers

/// What is no answer to a query and is shown like one: lists, descriptions, differences.
extension ResultPresenter {
  /// The language of names and words in lists: programs must not depend on where they run.
  package var listingLanguage: Language { format.isForPrograms ? .english : settings.language }

  /// What datasets, columns and saved queries are listed by.
  package var catalogListing: CatalogListing { CatalogListing(listingLanguage) }

  package var cacheListing: CacheListing { CacheListing(listingLanguage) }

  /// Shows how two deliveries differ; its summary and what it rests on are notes.
  package func show(_ comparison: DeliveryComparison) -> Int32 {
    show(ComparisonListing(comparison, listingLanguage).table, notes: comparison.notes)
  }

  /// Shows the columns of a dataset, and how its file was understood: above them, in the document, or as notes.
  package func show(_ description: DatasetDescription) -> Int32 {
    let columns = catalogListing.columns(description)
    switch format {
    case .table, .markdown:
      writeHeading(of: description)
      return show(columns, notes: [], rowMeaning: .column)
    case .json: return show(columns, notes: description.notes, rowMeaning: .column, facts: description.facts)
    default:
      let facts = description.facts.map { Diagnostic.note(.fileFact, $0.text) }
      return show(columns, notes: facts + description.notes, rowMeaning: .column)
    }
  }
}
