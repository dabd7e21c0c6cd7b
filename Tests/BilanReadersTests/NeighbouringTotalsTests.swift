import BilanColumnar
import BilanDiagnostics
import BilanTestSupport
import Testing

@testable import BilanReaders

/// Rows that are the sums, or statistics, of those next to them, whatever they are called.
@Suite struct NeighbouringTotalsTests {
  /// The lines that are said to hold totals.
  private func totals(_ text: String) throws -> [Int] { try open(text).report.totalLines }

  @Test func wholesAboveTheirParts() throws {
    let text =
      "Region;Pop;H\nOriental;50;25\n  Oujda;20;10\n  Nador;30;15\nFes-Meknes;25;13\n  Fes;10;5\n  Meknes;15;8\n"
    #expect(try totals(text) == [2, 5])
    let note = try #require(try open(text).report.notes.first { $0.code == .totalRows })
    #expect(
      note.message.english
        == "lines 2, 5 of `t.csv` look like totals of other rows (`Oriental`, `Fes-Meknes`), which adding up counts twice; "
        + "leave them out with `where region not in [\"Oriental\", \"Fes-Meknes\"]`")
    // Accounts, whose numbers are none of quantities, and a total that has its name elsewhere.
    #expect(try totals("Compte;M\n6;600\n61;400\n611;250\n612;150\n62;200\n") == [2, 3])
    #expect(
      try totals("Code;Lib;M\nA;a;300\nA1;b;200\nA2;c;100\nB;d;70\nB1;e;50\nB2;f;20\n;TOTAL;370\n") == [2, 5, 8])
  }

  /// `Fès-Meknès;;1200345` above its only province.
  @Test func groupsOfOnePart() throws {
    let text =
      "Région;Province;Pop\nOriental;;1154112\nOriental;Oujda;554112\nOriental;Nador;600000\n"
      + "Fès-Meknès;;1200345\nFès-Meknès;Fès;1200345\n"
    func isNoted(_ text: String) throws -> Bool { try open(text).report.notes.contains { $0.code == .totalRows } }
    #expect(try isNoted(text))
    // Another number is none of its only part, and groups that have one part each say nothing.
    #expect(try !isNoted(text.replacing("Fès-Meknès;;1200345", with: "Fès-Meknès;;1200346")))
    #expect(try !isNoted("Région;Province;Pop\nOriental;;5\nOriental;Oujda;5\nFès;;7\nFès;Fès;7\nRabat;Salé;9\n"))
  }

  /// `Souss` has one town, whose numbers it has: the total tells that both are not added up.
  @Test func groupsOfOnePartBelowATotal() throws {
    let rows = "Oriental;2847\nOujda;1547\nBerkane;1300\nSouss;1990\nAgadir;1990\n"
    #expect(try totals("Étiquettes de lignes;Somme de Montant\n" + rows + "Total général;4837\n") == [2, 5, 7])
    #expect(try totals("Ville;Montant\n" + rows + "Total;8827\n") != [2, 5, 7])
  }

  /// Codes that go on in those of their parts.
  @Test func wholesByTheirCodes() throws {
    #expect(try totals("Compte;M\n6;7000\n60;5200\n601;3100\n602;2100\n61;1800\n611;1800\n") == [2, 3, 6])
    #expect(try totals("Code;M\nR1;3000\nR1.1;1000\nR1.2;2000\nR2;1200\nR2.1;1200\n") == [2, 5])
    #expect(try totals("N;M\nFR;9100\nFR1;4600\nFR10;4600\nFR2;4500\nFR21;2500\nFR22;2000\n") == [2, 3, 5])
    #expect(
      try totals("R;M\nComposante 1;52\nActivité 1.1;31\nActivité 1.2;21\nComposante 2;18\nActivité 2.1;18\n") == [
        2, 5,
      ])
    #expect(try totals("P;M\n1 Personnel;100\n1.1 Salaires;60\n1.2 Primes;40\n2 Achats;20\n2.1 Tables;20\n") == [2, 5])
    // `A1` is the sum of the next two by chance.
    #expect(
      try totals("N°;R;M\nA;a;100000\nA1;b;60000\nA2;c;40000\nB;d;20000\nB1;e;20000\n") == [2, 5])
    // No sums, and numbers that begin alike.
    #expect(try totals("Code;M\nA;7\nA1;3\nA2;5\nB;9\nB1;1\n").isEmpty)
    #expect(try totals("Id;M\n1;7\n10;3\n11;5\n2;9\n20;9\n").isEmpty)
    #expect(try totals("Tranche;M\n2 enfants;7\n3 enfants;3\n4 enfants;10\n5 enfants;9\n").isEmpty)
  }

  /// What an account had, what a page has come to, and letters that mean all.
  @Test func balancesAndLettersOfTotals() throws {
    for label in ["Solde au 01/03/2019", "Report à nouveau", "Solde d’ouverture", "Balance b/f", "Saldo anterior"] {
      let text = "Date;Libellé;Montant\n;\(label);12345,67\n04/03/2019;a;50000,00\n27/03/2019;b;-3200,00\n"
      #expect(try totals(text) == [2], "\(label)")
    }
    let page = "Nom;Montant\nAmal;1200\nKarim;800\nÀ reporter;2000\nReport;2000\nSalma;500\nTotal;2500\n"
    #expect(try totals(page) == [4, 5, 7])
    #expect(try totals("Livrable;n\nReport;3\nAtelier;4\nReport;5\n").isEmpty)
    for label in ["_T", "T", "(all)", "F+M"] {
      let text = "P;Sexe;n\nO;\(label);30\nO;F;18\nO;M;12\nB;\(label);20\nB;F;9\nB;M;11\nN;\(label);17\nN;F;9\nN;M;8\n"
      #expect(try totals(text) == [2, 5, 8], "\(label)")
    }
    #expect(try totals("r;n\nA;12\nB;8\nGesamt;20\n") == [4])
    #expect(try totals("r;n\nA;12\nB;8\n**Total**;20\n") == [4])
  }

  /// One number of `Femmes` is the sum of the next two by chance.
  @Test func wholesOfRoundNumbers() throws {
    let text =
      "Indicateur;Cible;Réalisé\nPersonnes formées;100;120\n- Femmes;60;70\n- Hommes;40;50\nEntreprises;20;12\n"
      + "- Femmes;12;8\n- Hommes;8;4\n"
    #expect(try totals(text) == [2, 5])
    // A country below two regions, by many digits.
    let regions = "Région;H;F;T\nTanger;1780151;1776578;3556729\nOriental;1152806;1161540;2314346\n"
    #expect(try totals(regions + "Maroc;2932957;2938118;5871075\n") == [4])
    #expect(try totals("r;n\nA;12\nB;20\nC;32\n").isEmpty)
  }

  /// The last row below a list, and the words of a service for reports.
  @Test func totalsOfLists() throws {
    let list = "Nom;Sexe;Âge\nAmal;F;24\nKarim;H;31\nSamira;F;28\n"
    for last in ["Total;;", "TOTAL;3;", "Total participants : 3;;"] {
      #expect(try totals(list + last + "\n") == [5], "\(last)")
    }
    #expect(try totals("Name,Amount\nAFEM,1200.50\nCoop,800.00\n\"Grand Totals (2 records)\",2000.50\n") == [4])
    // What has cells beside it is a name, as is one above others.
    #expect(try totals(list + "Total Énergies;F;\n").isEmpty)
    #expect(try totals("Nom;Sexe;Âge\nTotal;;\nKarim;H;31\nSamira;F;28\n").isEmpty)
    // The filters of a report are no row.
    let filtered = try open("Région;Ventes\nA;10\nB;20\n;\n\"Applied filters:\nAnnée est 2020\";\n")
    #expect(filtered.rowCount == 2)
  }

  @Test func wholesOfPartsSomeOfWhichAreNegative() throws {
    #expect(
      try totals("Compte;M\n6;600\n61;400\n611;950\n612;-550\n62;200\n7;-90\n71;-120\n72;30\n") == [2, 3, 7])
    // Many of them are one whole still, and a long table without any is soon left alone.
    var random = SplitMix64(seed: 3)
    let rows = (0..<1500).map { _ in (0..<3).map { _ in Int.random(in: -1000...1000, using: &random) } }
    let lines = rows.enumerated().map { "p\($0);" + $1.map(String.init).joined(separator: ";") }
    let sums = (0..<3).map { place in rows.prefix(200).reduce(0) { $0 + $1[place] } }
    let whole = "R;A;B;C\nTout;\(sums[0]);\(sums[1]);\(sums[2])\n"
    #expect(try totals(whole + lines.prefix(200).joined(separator: "\n")) == [2])
    #expect(try totals("R;A;B;C\n" + lines.joined(separator: "\n")) == [])
  }

  @Test func sumsOfDecimals() throws {
    // 1150.4 + 835.7 is a little more than 1986.1 in double precision.
    #expect(
      try totals("L;P\nFes;1986,1\nVille;1150,4\nMeknes;835,7\nOriental;1117,2\nOujda;551,8\nNador;565,4\n") == [2, 5])
  }

  /// Of the numbers of rows each third is the sum of two.
  @Test func numbersOfRowsAreNoParts() throws {
    for name in ["id", "Rang", "N°"] {
      let text =
        "\(name);Projet;Portée;Budget\n1;A;Régional;5000\n2;B;Provincial;7000\n3;G;National;18090\n4;D;Local;100\n"
      #expect(try totals(text + "5;E;National;950\n") == [])
    }
    #expect(try totals("id,region,opened\n1,Fes,2019-01-02\n2,Oujda,2019-02-03\n3,,\n") == [])
    // A total below them has no number.
    #expect(try totals("N°;Région;Budget\n1;Fes;5000\n2;Oujda;7000\n3;Nador;2000\n;Total;14000\n") == [5])
  }

  /// What tells totals from their parts may be another column than the first.
  @Test func totalsAreCalledByWhatTells() throws {
    let notes = try open(
      "R;Milieu;N\nFes;Urbain;120\nFes;Rural;80\nFes;U+R;200\nRabat;Urbain;220\nRabat;Rural;50\nRabat;U+R;270\n"
    ).report.notes
    #expect(
      notes.first { $0.code == .totalRows }?.message.english
        == "lines 4, 7 of `t.csv` look like totals of other rows (`U+R`), which adding up counts twice; leave them out with "
        + "`where milieu != \"U+R\"`")
    let blank = try open("R;P;N\nFM;Fes;115\nFM;Meknes;83\nFM;Taza;52\n;;250\nO;Oujda;55\nO;Nador;56\n;;111\n").report
      .notes
    #expect(blank.first { $0.code == .totalRows }?.message.english.hasSuffix("`where r is not missing`") == true)
  }

  /// What stands once for several rows does so for totals too.
  @Test func totalsOfSeveralRows() throws {
    let table = try open("R;I;N\nO;Jobs;33\n;Firmes;6\nS;Jobs;63\n;Firmes;15\nTotal;Jobs;96\n;Firmes;21\n")
    #expect(table.report.totalLines == [6, 7])
    #expect(
      table.report.notes.first { $0.code == .totalRows }?.message.english
        == "lines 6, 7 of `t.csv` look like totals of other rows (`Total`), which adding up counts twice")
  }

  @Test func balancesAmongMovements() throws {
    let table = try open(
      "Date;Libellé;Débit;Crédit\n;SOLDE INITIAL;;12 345,67\n01/02/2021;VIR;1 000,00;\n15/02/2021;FRAIS;22,00;\n"
        + "19/02/2021;VERSEMENT;;5 000,00\n;SOLDE FINAL;;16 323,67\n")
    #expect(table.report.totalLines == [2, 6])
    #expect(
      table.report.notes.first { $0.code == .totalRows }?.message.english
        == "lines 2, 6 of `t.csv` are balances (`SOLDE INITIAL`, `SOLDE FINAL`), which adding up counts among the movements; "
        + "leave them out with `where libelle not in [\"SOLDE INITIAL\", \"SOLDE FINAL\"]`")
  }

  /// Rows of a year beside those of its quarters are counted twice, whatever their numbers are.
  @Test func periodsThatHoldOthers() throws {
    let years = try open("Période;M\n2018;400\n2019;420\n2020;422\nT1 2020;101\nT2 2020;99\n")
    #expect(years.report.totalLines == [4])
    #expect(
      years.report.notes.first { $0.code == .totalRows }?.message.english
        == "line 4 of `t.csv` is of a period of which parts are rows of their own (`2020` and `2020-Q1`): adding up counts them "
        + "twice; leave it out with `where periode != 2020`")
    #expect(try totals("p,v\n2019-01,10\n2019-02,12\n2019-Q1,36\n2019-S1,50\n2019-04,9\n") == [4, 5])
    #expect(
      try totals("R;P;N\nFes;2018;120\nFes;T1 2019;30\nFes;2019;130\nRabat;T1 2019;3\nRabat;2019;12\nRabat;2020;9\n")
        == [4, 6])
    // Of other things, or next to each other.
    #expect(try totals("I;P;N\nA;2018;120\nA;2019;30\nB;T1 2019;25\nB;T2 2019;40\n") == [])
    #expect(try totals("P;N\n2017;120\n2018;30\nT1 2019;25\nT2 2019;40\n") == [])
    #expect(try totals("P;N\nT1 2019;25\nT1 2019;40\nT2 2019;40\n") == [])
    #expect(try totals("P;S;N\n2019;F;25\nT1 2019;;40\nT2 2019;;41\n") == [])
    // Lists of what happened, where a thing may have a period twice.
    #expect(try totals("P;N\n2019;25\nT1 2019;40\nT1 2019;41\nT2 2019;40\n") == [])
  }

  @Test func wholesBelowTheirParts() throws {
    #expect(try totals("Age;N\n0-4;10\n5-14;20\nMoins de 15;30\n15-59;50\n60+;5\nTotal;85\n") == [4, 7])
    // A mean is no sum, and does not hide the others.
    #expect(
      try totals(
        "R;Pop;Age\nOujda;200;31\nNador;300;28\nOriental;500;29.2\nFes;100;30\nMeknes;150;33\nFes-Meknes;250;31.8\n")
        == [4, 7])
  }

  @Test func sumsOfAllOthers() throws {
    #expect(try totals("Region;A;B\nFes;117;3\nOujda;238;4\nNador;56;9\nMaroc;411;16\n") == [5])
    #expect(try totals("Region;A\nBelgique;300\nFlandre;170\nWallonie;100\nBruxelles;30\n") == [2])
    #expect(try totals("Region;A;B\nFes;117;3\nOujda;238;4\nNador;56;9\nTotaal;411;16\n") == [5])
  }

  /// What pages carry over, and the asterisks of SAP.
  @Test func namesOfTotals() throws {
    #expect(
      try totals("Libelle;Montant\nA;1000\nB;2000\nA reporter;3000\nReport;3000\nC;500\nTotal;3500\n") == [4, 5, 7])
    #expect(
      try totals(
        "Compte;Date;Montant\n612100;03.01.2019;100,00\n612100;31.01.2019;50,00\n* 612100;;150,00\n613000;31.01.2019;7,00\n"
          + "* 613000;;7,00\n**;;157,00\n") == [4, 6, 7])
  }

  @Test func statistics() throws {
    let text = "Region;Effectif\nFes;117\nOujda;238\nNador;56\nMoyenne;137\nMinimum;56\nMaximum;238\n"
    #expect(try totals(text) == [5, 6, 7])
    #expect(try totals("Region;N\nFes;117\nOujda;238\nNador;56\nTotal;411\nMoyenne;137\n") == [5, 6])
    // Words that are names of rows, with other numbers.
    #expect(try totals("Classe;N\nMinimum;117\nMoyenne;238\nMaximum;56\n") == [])
  }

  /// Numbers by chance make no totals.
  @Test(arguments: 0..<400) func randomTables(_ seed: Int) throws {
    var random = SplitMix64(seed: UInt64(seed))
    let columns = Int.random(in: 1...3, using: &random)
    let greatest = [9, 30, 100, 1000, 100_000].randomElement(using: &random)!
    var text = "nom" + (1...columns).map { ";m\($0)" }.joined() + "\n"
    for row in 0..<Int.random(in: 4...40, using: &random) {
      text +=
        "r\(row)" + (1...columns).map { _ in ";\(Int.random(in: 0...greatest, using: &random))" }.joined() + "\n"
    }
    #expect(try totals(text) == [], "\(text)")
  }
}
