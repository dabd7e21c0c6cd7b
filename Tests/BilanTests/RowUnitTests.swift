import Testing

@testable import Bilan

/// Figures whose units or currencies stand in a column of their own.
@Suite struct RowUnitTests {
  @Test func yearsBesideUnits() throws {
    let folder = try FileFolder()
    try folder.write(
      "t.csv",
      "Indicateur;Unité;Cible 2020;Réalisé 2020;2019;Nombre\nFormés;personnes;130;140;7;1\nCréées;entreprises;12;15;9;2\n"
    )
    for column in ["`Cible 2020`", "`Réalisé 2020`", "`2019`"] {
      let result = try folder.run("from \"t.csv\" | summarize s = sum(\(column))")
      #expect(result.columns[0].descriptions == [nil], "\(column)")
      #expect(result.notes.contains { $0.message.contains("different units") }, "\(column)")
      #expect(
        try folder.cells("from \"t.csv\" | summarize s = sum(\(column)) by unité | keep s").first?.contains(nil)
          == false)
    }
    #expect(try folder.cells("from \"t.csv\" | summarize s = sum(nombre)") == [["3"]])
    // Without a column of units years are figures like any others.
    try folder.write("y.csv", "Région;2019;2020\nFès;1;2\nRabat;3;4\n")
    #expect(try folder.cells("from \"y.csv\" | summarize s = sum(`2019`)") == [["4"]])
  }

  @Test func debitsBesideCurrencies() throws {
    let folder = try FileFolder()
    try folder.write(
      "b.csv",
      "date,account,debit,credit,currency\n2021-01-15,512,100,,MAD\n2021-01-16,512,30,50,EUR\n2021-01-17,512,,70,MAD\n")
    #expect(try folder.cells("from \"b.csv\" | summarize d = sum(debit), c = sum(credit)") == [[nil], [nil]])
    #expect(try folder.cells("from \"b.csv\" | where currency = \"MAD\" | summarize d = sum(debit)") == [["100"]])
  }
}
