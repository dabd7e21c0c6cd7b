/// The stable codes of diagnostics; a code is never reused.
///
/// Gaps are codes that were withdrawn. `DiagnosticCatalog` holds what each means, in both languages, with a query or a
/// file that triggers it.
package enum DiagnosticCode: String, Sendable, CaseIterable {
  // B01xx: the text of a query.
  case unexpectedCharacter = "B0101"
  case unterminatedText = "B0102"
  case invalidEscape = "B0103"
  case invalidNumber = "B0104"
  case invalidPeriod = "B0105"
  case unterminatedName = "B0106"
  case singleQuotes = "B0107"
  case decimalComma = "B0108"
  case foreignOperator = "B0109"
  case unexpectedToken = "B0110"
  case unclosedBracket = "B0111"
  case unknownStep = "B0112"
  case missingPipe = "B0113"
  case missingSource = "B0114"
  case emptyStep = "B0115"
  case foreignStep = "B0116"
  case foreignWord = "B0117"
  case misplacedDeclaration = "B0118"
  case nestedTooDeeply = "B0119"
  case stepNotYetAvailable = "B0120"

  // B02xx: names.
  case unknownDataset = "B0201"
  case ambiguousName = "B0202"
  case unknownColumn = "B0203"
  case unknownFunction = "B0204"
  case unknownParameter = "B0205"
  case duplicateName = "B0206"
  case recursiveDefinition = "B0207"
  case valueUsedAsName = "B0208"
  case unknownNamedArgument = "B0209"
  case noColumnMatches = "B0210"
  case unknownField = "B0211"
  case unknownFile = "B0212"
  case notATable = "B0214"
  case columnsNotKnownYet = "B0215"

  // B03xx: types and units.
  case typeMismatch = "B0301"
  case wrongArgumentCount = "B0302"
  case conditionExpected = "B0303"
  case mixedUnits = "B0304"
  case incomparable = "B0305"
  case constantExpected = "B0306"
  case invalidPattern = "B0307"
  case tableWhereValueExpected = "B0308"
  case emptyRange = "B0310"

  // B04xx: steps and aggregates.
  case aggregateInRow = "B0401"
  case rowValueInAggregate = "B0402"
  case nestedAggregate = "B0403"
  case windowOutsideAdd = "B0404"
  case windowNeedsOrder = "B0405"
  case keysDiffer = "B0407"
  case nothingToSummarize = "B0408"
  case sensitiveColumn = "B0409"

  // B05xx: declarations and parameters.
  case missingParameter = "B0501"
  case invalidParameterValue = "B0502"
  case invalidDefault = "B0503"
  case nothingToRun = "B0504"
  case unknownOption = "B0505"

  // B06xx: while running.
  case overflow = "B0601"
  case joinMultiplies = "B0602"
  case checkFailed = "B0603"
  case subqueryNotSingle = "B0604"
  case tooManyColumns = "B0605"
  case cancelled = "B0606"
  case tooManyRows = "B0608"

  // B07xx: data.
  case fileNotFound = "B0701"
  case unreadableFile = "B0702"
  case unsupportedFormat = "B0703"
  case invalidDescriptor = "B0704"
  case raggedRow = "B0705"
  case unterminatedQuote = "B0706"
  case invalidEncoding = "B0707"
  case emptyFile = "B0708"
  case unreadableValues = "B0709"
  case binaryFile = "B0710"
  case duplicateColumn = "B0711"
  case strayQuote = "B0712"
  case ambiguousDates = "B0713"
  case timeOfDayDropped = "B0714"
  case skippedLines = "B0715"
  case scientificIdentifiers = "B0716"
  case mostlyTyped = "B0717"
  case ambiguousMark = "B0718"
  case fieldsDiffer = "B0719"

  // B08xx: notes under a result.
  case missingSkipped = "B0801"
  case partialCoverage = "B0802"
  case unmatchedRows = "B0803"
  case tiesKept = "B0804"
  case mixedIndicators = "B0805"
  case withheld = "B0808"
  case syntheticData = "B0809"
  case noSuchValue = "B0810"

  // B09xx: the command line and the shell.
  case unknownCommand = "B0901"
  case nothingToContinue = "B0902"
  case cannotWrite = "B0903"
  case unknownTopic = "B0904"
  case unknownQuery = "B0905"
}
