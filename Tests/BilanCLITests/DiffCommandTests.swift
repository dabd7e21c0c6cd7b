import BilanShell
import Foundation
import Testing

@testable import BilanCLI

/// `bilan diff`: two deliveries beside each other.
@Suite struct DiffCommandTests {
  private final class Folder {
    let url = FileManager.default.temporaryDirectory.appendingPathComponent("bilan-diff-\(UUID().uuidString)")

    init() throws {
      try FileManager.default.createDirectory(at: url, withIntermediateDirectories: true)
      try write("march.csv", "code,indicator,target,actual\n1,jobs,10,12\n2,jobs,10,11\n3,firms,5,4\n4,loans,8,8\n")
      try write("april.csv", "code,indicator,target,actual\n1,jobs,10,12\n2,jobs,10,5\n3,firms,5,4\n5,loans,8,8\n")
    }

    deinit { try? FileManager.default.removeItem(at: url) }

    func write(_ name: String, _ text: String) throws {
      try text.write(to: url.appendingPathComponent(name), atomically: true, encoding: .utf8)
    }

    func path(_ name: String) -> String { url.path + "/" + name }

    func diff(_ old: String, _ new: String, _ more: String...) -> Run {
      Run(["diff", path(old), path(new)] + more, directory: url.path)
    }
  }

  private let folder: Folder

  init() throws { folder = try Folder() }

  @Test func rowsCellsAndVerdictsAreShown() {
    let run = folder.diff("march.csv", "april.csv")
    #expect(run.status == 0)
    #expect(
      run.output == """
        change,code,indicator,column,old,new
        verdict flipped,,jobs,status,exceeded,behind
        removed,4,,,,
        added,5,,,,
        changed,2,,actual,11,5

        """)
    #expect(
      run.errors.hasPrefix("note: 1 row added, 1 removed, 1 changed in 1 column; 1 verdict flipped\n"),
      "\(run.errors)")
    #expect(run.errors.contains("rows are paired by `code`, which identifies each row in both files"))
  }

  @Test func itSpeaksFrench() {
    let run = folder.diff("march.csv", "april.csv", "--lang", "fr", "--key", "code", "--format", "markdown")
    #expect(
      run.output.hasPrefix("| changement       | code | indicateur | colonne | ancien   | nouveau |"), "\(run.output)")
    #expect(run.output.contains("| verdict renversé |      | jobs       | status  | exceeded | behind  |"))
    #expect(
      run.errors == "note\u{A0}: 1 ligne ajoutée, 1 supprimée, 1 modifiée dans 1 colonne\u{A0}; 1 verdict renversé\n")
    #expect(Run(["diff", "--help", "--lang", "fr"]).output.contains("Montre en quoi une livraison de données diffère"))
  }

  /// A script that asks for `changed` works wherever it runs.
  @Test(arguments: ["csv", "tsv", "json", "ndjson"]) func programsReadEnglish(_ format: String) {
    let english = folder.diff("march.csv", "april.csv", "--format", format)
    let french = folder.diff("march.csv", "april.csv", "--format", format, "--lang", "fr")
    #expect(english.output.contains("verdict flipped"))
    #expect(french.output.contains("verdict flipped"))
    if format != "json" { #expect(french.output == english.output) }
    #expect(french.errors.contains("1 verdict renversé") || french.output.contains("1 verdict renversé"))
  }

  @Test func anotherCurrencyIsADifference() throws {
    try folder.write("dh.csv", "id,v\n1,50 DH\n2,25 DH\n")
    try folder.write("eur.csv", "id,v\n1,50 EUR\n2,25 EUR\n")
    try folder.write("bare.csv", "id,v\n1,50\n2,25\n")
    let run = folder.diff("dh.csv", "eur.csv", "--key", "id", "--check")
    #expect(run.status == 1)
    #expect(run.output == "change,id,column,old,new\nunit changed,,v,MAD,EUR\n")
    #expect(run.errors.contains("1 change of columns"))
    #expect(folder.diff("dh.csv", "bare.csv").output == "change,id,column,old,new\nunit changed,,v,MAD,\n")
  }

  /// `cible` answers to `target`: it is the same column, whichever file says which.
  @Test func aColumnOfAnotherNameOfItsKindIsOne() throws {
    try folder.write("cible.csv", "id,indicateur,cible,réalisé\n1,jobs,10,12\n2,firms,20,20\n")
    try folder.write("target.csv", "id,indicator,target,actual\n1,jobs,10,12\n2,firms,21,9\n")
    let run = folder.diff("cible.csv", "target.csv", "--key", "id")
    #expect(
      run.output == """
        change,id,indicator,column,old,new
        column renamed,,,indicator,indicateur,indicator
        column renamed,,,target,cible,target
        column renamed,,,actual,réalisé,actual
        verdict flipped,,firms,status,met,behind
        changed,2,,target,20,21
        changed,2,,actual,20,9

        """, "\(run.output)")
    #expect(folder.diff("target.csv", "cible.csv", "--key", "indicator").status == 0)
  }

  @Test func notesSayOfWhichFileTheyAre() throws {
    try folder.write("words.csv", "code,indicator,target,actual\n1,jobs,ten,12\n2,jobs,twelve,11\n")
    let run = folder.diff("march.csv", "words.csv", "--key", "code")
    #expect(
      run.errors.contains(
        "verdicts are not compared: `target` of `\(folder.path("words.csv"))` is text and no number"), "\(run.errors)")
    try folder.write("times.csv", "code,when\n1,2021-01-22 14:30\n2,2021-02-03 09:15\n")
    let times = folder.diff("times.csv", "times.csv", "--lang", "fr")
    #expect(times.errors.contains("times.csv`"), "\(times.errors)")
  }

  @Test func aMissingKeyIsCalledSo() throws {
    try folder.write("gaps.csv", "code,n\n1,2\n,3\n,4\n")
    let run = folder.diff("gaps.csv", "gaps.csv", "--key", "code")
    #expect(run.errors.contains("share their key with others (`code` is missing)"), "\(run.errors)")
    let french = folder.diff("gaps.csv", "gaps.csv", "--key", "code", "--lang", "fr")
    #expect(french.errors.contains("partagent leur clé avec d’autres (`code` manque)"), "\(french.errors)")
  }

  @Test func standardInputIsOneOfTheTwo() {
    #expect(Run(["diff", "-", "-"]).errors.contains("standard input is one of the deliveries at most"))
    #expect(Run(["diff", "-", "-"]).status == 64)
  }

  @Test func aKeyOfSeveralColumnsIsGiven() {
    let run = folder.diff("march.csv", "april.csv", "--key", "indicator, CODE")
    #expect(run.status == 0)
    #expect(
      run.output.hasPrefix("change,indicator,code,column,old,new\nverdict flipped,jobs,,status,exceeded,behind\n"))
    #expect(!run.errors.contains("rows are paired by"))
  }

  @Test func aDifferenceIsAFailureOfACheck() {
    #expect(folder.diff("march.csv", "april.csv", "--check").status == 1)
    let same = folder.diff("march.csv", "march.csv", "--check")
    #expect(same.status == 0)
    #expect(same.output == "change,code,column,old,new\n")
    #expect(same.errors.hasPrefix("note: no differences\n"))
  }

  @Test func aWrongKeyIsPointedOut() {
    let run = folder.diff("march.csv", "april.csv", "--key", "cod")
    #expect(run.status == 2)
    #expect(run.output.isEmpty)
    #expect(run.errors.contains("neither file has a column `cod`"))
    #expect(run.errors.contains("did you mean `code`?"))
    let none = folder.diff("march.csv", "april.csv", "--key", "zzzzzz")
    #expect(none.errors.contains("the columns of both are `code`, `indicator`, `target`, `actual`"))
    #expect(folder.diff("march.csv", "april.csv", "--key", ",").status == 64)
  }

  @Test func aKeyThatOneFileLacksNamesTheFile() throws {
    try folder.write("bare.csv", "indicator,target\njobs,10\n")
    let run = folder.diff("march.csv", "bare.csv", "--key", "code")
    #expect(run.errors.contains("bare.csv` has no column `code`"))
  }

  /// Personal data tell rows apart and are not listed.
  @Test func sensitiveColumnsAreCountedAndNotShown() throws {
    let fields = ["id", "phone"].map { #"{"name": "\#($0)", "type": "string", "bilan": {"sensitive": true}}"# }
    let schema = #"{"fields": ["# + (fields + [#"{"name": "jobs", "type": "integer"}"#]).joined(separator: ", ") + "]}"
    let resources = ["old", "new"].map { #"{"name": "\#($0)", "path": "\#($0).csv", "schema": \#(schema)}"# }
    try folder.write("datapackage.json", #"{"name": "p", "resources": ["# + resources.joined(separator: ", ") + "]}")
    try folder.write("old.csv", "id,phone,jobs\nP1,0661,3\nP2,0662,4\n")
    try folder.write("new.csv", "id,phone,jobs\nP1,0699,3\nP2,0662,5\n")
    let run = Run(["diff", "old", "new", "--data", folder.path("datapackage.json")])
    #expect(run.status == 0, "\(run.errors)")
    #expect(run.output == "change,column,old,new\nchanged,phone,,\nchanged,jobs,4,5\n")
    #expect(run.errors.contains("may be counted but not listed: `id`, `phone`"))
    #expect(!(run.output + run.errors).contains("P1"))
  }

  @Test func changesOfColumnsComeFirst() throws {
    try folder.write("may.csv", "Code,indicator,actual,region\n1,jobs,n.a.\n2,jobs,11,Fès\n3,firms,four,Fès\n")
    let run = folder.diff("march.csv", "may.csv", "--key", "code")
    #expect(
      run.output.hasPrefix(
        """
        change,Code,column,old,new
        column removed,,target,number,
        column renamed,,Code,code,Code
        """), "\(run.output)")
    #expect(run.output.contains("\ncolumn added,,region,,text\n"))
    #expect(run.errors.contains("changes of columns"))
  }

  @Test func repeatedKeysAreSaidAndNotPaired() throws {
    try folder.write("twice.csv", "code,indicator,target,actual\n1,jobs,10,12\n1,jobs,10,13\n2,jobs,10,11\n")
    let run = folder.diff("march.csv", "twice.csv", "--key", "code")
    #expect(run.status == 0)
    #expect(run.errors.contains("2 rows of the new file share their key with others (`code` = 1)"))
    #expect(run.output.contains("added,1,"))
    #expect(!run.output.contains("changed,1,"))
  }

  @Test(arguments: [
    ("en", "no columns identify each row", "share their key with others", "verdicts are not compared"),
    (
      "fr", "aucune colonne n’identifie chaque ligne", "partagent leur clé avec d’autres",
      "les verdicts ne sont pas comparés"
    ),
  ]) func whatIsLeftOpenIsSaid(_ language: String, _ noKey: String, _ repeated: String, _ verdicts: String) throws {
    try folder.write("twice.csv", "indicator,target,actual\njobs,ten,12\njobs,twelve,12\n")
    try folder.write("once.csv", "indicator,target,actual\njobs,10,12\njobs,10,12\n")
    let open = folder.diff("once.csv", "twice.csv", "--lang", language)
    #expect(open.status == 0)
    #expect(open.errors.contains(noKey), "\(open.errors)")
    #expect(open.errors.contains(verdicts), "\(open.errors)")
    let keyed = folder.diff("once.csv", "twice.csv", "--lang", language, "--key", "indicator")
    #expect(keyed.errors.contains(repeated), "\(keyed.errors)")
    #expect(!keyed.errors.contains(noKey))
    let strict = folder.diff("once.csv", "twice.csv", "--lang", language, "--strict")
    #expect(strict.status == 3)
    #expect(strict.output.isEmpty)
    #expect(strict.errors.contains("error[B0752]") || strict.errors.contains("erreur[B0752]"), "\(strict.errors)")
  }

  @Test func emptyFilesHaveNoRows() throws {
    try folder.write("empty.csv", "code,indicator,target,actual\n")
    let came = folder.diff("empty.csv", "april.csv")
    #expect(came.status == 0)
    #expect(came.errors.hasPrefix("note: 4 rows added, 0 removed, 0 changed\n"), "\(came.errors)")
    #expect(folder.diff("april.csv", "empty.csv").errors.hasPrefix("note: 0 rows added, 4 removed, 0 changed\n"))
    #expect(folder.diff("empty.csv", "empty.csv", "--check").status == 0)
  }

  @Test func filesThatCannotBeReadAreErrorsOfData() throws {
    try folder.write("cut.json", "[{\"a\": 1}, {\"a\": ")
    #expect(folder.diff("march.csv", "cut.json").status == 3)
    let run = folder.diff("march.csv", "nowhere.csv")
    #expect(run.status == 3)
    #expect(run.errors.contains("[B0701]: no file at `\(folder.path("nowhere.csv"))`"))
    let near = folder.diff("march.csv", "apil.csv")
    #expect(near.errors.contains("april.csv"), "\(near.errors)")
    #expect(Run(["diff", folder.url.path, folder.path("march.csv")]).errors.contains("[B0702]"))
    #expect(Run(["diff", folder.path("march.csv")]).status == 64)
  }

  @Test(arguments: ["tsv", "ndjson", "arrow", "parquet"]) func anyFormatIsComparedAndWritten(_ format: String) {
    let path = folder.path("april.\(format)")
    #expect(
      Run(["-c", "from \"\(folder.path("april.csv"))\"", "--output", path], directory: folder.url.path).status == 0)
    #expect(folder.diff("april.csv", "april.\(format)", "--check").status == 0)
    let changes = folder.path("changes.\(format)")
    #expect(folder.diff("march.csv", "april.\(format)", "--output", changes).status == 0)
    #expect(
      Run(["-c", "from \"\(changes)\" | where change = \"changed\" | keep code, column, old, new"]).output
        == "code,column,old,new\n2,actual,11,5\n")
  }

  #if Spreadsheets
    @Test func aSheetIsNamedAfterItsSign() {
      let path = folder.path("april.xlsx")
      #expect(
        Run(["-c", "from \"\(folder.path("april.csv"))\"", "--output", path], directory: folder.url.path).status == 0)
      #expect(folder.diff("april.csv", "april.xlsx#Result", "--check").status == 0)
      let changes = folder.diff("march.csv", "april.xlsx", "--output", "changes.xlsx", "--check")
      #expect(changes.status == 1)
      // The summary is in the workbook too.
      let notes = Run(["-c", "from \"\(folder.path("changes.xlsx#Notes"))\" | keep note"])
      #expect(notes.output.contains("1 row added, 1 removed, 1 changed in 1 column; 1 verdict flipped"))
    }
  #endif
}
