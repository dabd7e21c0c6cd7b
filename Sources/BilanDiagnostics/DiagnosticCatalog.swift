/// What every diagnostic code means: `explain B0203`, the reference and the golden cases read it.
package enum DiagnosticCatalog {
  /// The entry of a code. Exhaustive: a code without an entry does not compile.
  package static func entry(for code: DiagnosticCode) -> DiagnosticEntry {
    switch code {
    case .unexpectedCharacter: unexpectedCharacter
    case .unterminatedText: unterminatedText
    case .invalidEscape: invalidEscape
    case .invalidNumber: invalidNumber
    case .invalidPeriod: invalidPeriod
    case .unterminatedName: unterminatedName
    case .singleQuotes: singleQuotes
    case .decimalComma: decimalComma
    case .foreignOperator: foreignOperator
    case .unexpectedToken: unexpectedToken
    case .unclosedBracket: unclosedBracket
    case .unknownStep: unknownStep
    case .missingPipe: missingPipe
    case .missingSource: missingSource
    case .emptyStep: emptyStep
    case .foreignStep: foreignStep
    case .foreignWord: foreignWord
    case .misplacedDeclaration: misplacedDeclaration
    case .nestedTooDeeply: nestedTooDeeply
    case .stepNotYetAvailable: stepNotYetAvailable
    case .unknownDataset: unknownDataset
    case .ambiguousName: ambiguousName
    case .unknownColumn: unknownColumn
    case .unknownFunction: unknownFunction
    case .unknownParameter: unknownParameter
    case .duplicateName: duplicateName
    case .recursiveDefinition: recursiveDefinition
    case .valueUsedAsName: valueUsedAsName
    case .unknownNamedArgument: unknownNamedArgument
    case .noColumnMatches: noColumnMatches
    case .unknownField: unknownField
    case .unknownFile: unknownFile
    case .notATable: notATable
    case .columnsNotKnownYet: columnsNotKnownYet
    case .typeMismatch: typeMismatch
    case .wrongArgumentCount: wrongArgumentCount
    case .conditionExpected: conditionExpected
    case .mixedUnits: mixedUnits
    case .incomparable: incomparable
    case .constantExpected: constantExpected
    case .invalidPattern: invalidPattern
    case .tableWhereValueExpected: tableWhereValueExpected
    case .emptyRange: emptyRange
    case .aggregateInRow: aggregateInRow
    case .rowValueInAggregate: rowValueInAggregate
    case .nestedAggregate: nestedAggregate
    case .windowOutsideAdd: windowOutsideAdd
    case .windowNeedsOrder: windowNeedsOrder
    case .keysDiffer: keysDiffer
    case .nothingToSummarize: nothingToSummarize
    case .sensitiveColumn: sensitiveColumn
    case .missingParameter: missingParameter
    case .invalidParameterValue: invalidParameterValue
    case .invalidDefault: invalidDefault
    case .nothingToRun: nothingToRun
    case .unknownOption: unknownOption
    case .overflow: overflow
    case .joinMultiplies: joinMultiplies
    case .checkFailed: checkFailed
    case .subqueryNotSingle: subqueryNotSingle
    case .tooManyColumns: tooManyColumns
    case .cancelled: cancelled
    case .memoryExceeded: memoryExceeded
    case .fileNotFound: fileNotFound
    case .unreadableFile: unreadableFile
    case .unsupportedFormat: unsupportedFormat
    case .invalidDescriptor: invalidDescriptor
    case .raggedRow: raggedRow
    case .unterminatedQuote: unterminatedQuote
    case .invalidEncoding: invalidEncoding
    case .emptyFile: emptyFile
    case .unreadableValues: unreadableValues
    case .binaryFile: binaryFile
    case .duplicateColumn: duplicateColumn
    case .strayQuote: strayQuote
    case .ambiguousDates: ambiguousDates
    case .timeOfDayDropped: timeOfDayDropped
    case .skippedLines: skippedLines
    case .scientificIdentifiers: scientificIdentifiers
    case .mostlyTyped: mostlyTyped
    case .ambiguousMark: ambiguousMark
    case .fieldsDiffer: fieldsDiffer
    case .unknownTable: unknownTable
    case .severalMembers: severalMembers
    case .notKept: notKept
    case .fileFact: fileFact
    case .sheetsNotRead: sheetsNotRead
    case .mergedCells: mergedCells
    case .malformedFile: malformedFile
    case .trailingBytes: trailingBytes
    case .filesDiffer: filesDiffer
    case .columnLeftOut: columnLeftOut
    case .inexactValues: inexactValues
    case .totalRows: totalRows
    case .accountingNegatives: accountingNegatives
    case .mixedCurrencies: mixedCurrencies
    case .noHeaderLine: noHeaderLine
    case .emptyRows: emptyRows
    case .codesKept: codesKept
    case .endBlanks: endBlanks
    case .flagsDropped: flagsDropped
    case .fixedWidth: fixedWidth
    case .comparisonSummary: comparisonSummary
    case .keyProposed: keyProposed
    case .noKeyFound: noKeyFound
    case .duplicateKeys: duplicateKeys
    case .verdictsNotCompared: verdictsNotCompared
    case .tooManyRows: tooManyRows
    case .missingSkipped: missingSkipped
    case .partialCoverage: partialCoverage
    case .unmatchedRows: unmatchedRows
    case .tiesKept: tiesKept
    case .mixedIndicators: mixedIndicators
    case .withheld: withheld
    case .syntheticData: syntheticData
    case .noSuchValue: noSuchValue
    case .unknownCommand: unknownCommand
    case .nothingToContinue: nothingToContinue
    case .cannotWrite: cannotWrite
    case .unknownTopic: unknownTopic
    case .unknownQuery: unknownQuery
    case .textNotWritten: textNotWritten
    }
  }

  /// The entry of a code as it is written, in any case: `B0203`, `b0203`.
  package static func entry(named text: String) -> DiagnosticEntry? {
    DiagnosticCode(rawValue: text.uppercased()).map { entry(for: $0) }
  }

  /// Every entry, by code.
  package static var entries: [DiagnosticEntry] { DiagnosticCode.allCases.map { entry(for: $0) } }

  /// The page about a code, wrapped to `width` columns:
  ///
  ///     B0203: a column that is not there
  ///
  ///     Every name is checked before the first row is read …
  ///
  ///     This triggers it:
  ///         from results | where actaul > 100
  ///
  ///     This does not:
  ///         from results | where actual > 100
  package static func explain(_ code: DiagnosticCode, _ language: Language, width: Int = 80) -> String {
    let entry = entry(for: code)
    let colon = DiagnosticRenderer.colon(language)
    var output = "\(code.rawValue)\(colon)\(entry.summary[language])\n\n"
    for line in DisplayWidth.wrap(entry.explanation[language], to: width) { output += line + "\n" }
    output += "\n" + Localized("This triggers it:", fr: "Ceci le déclenche\u{A0}:")[language] + "\n"
    output += indented(entry.trigger)
    if let remedy = entry.remedy {
      output += "\n" + Localized("This does not:", fr: "Ceci ne le déclenche pas\u{A0}:")[language] + "\n"
      output += indented(remedy)
    }
    return output
  }

  private static func indented(_ code: String) -> String {
    code.split(separator: "\n", omittingEmptySubsequences: false).map { "    \($0)\n" }.joined()
  }
}
