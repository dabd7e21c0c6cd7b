extension RealQuestionsTests {
  /// Results, subsidies, hotels, communes: files of administrations.
  static let administration: [Question] = [
    Question(
      "13",
      """
      from "iati-okfn/csv_folders/CAF/activities.csv" | count
      from "iati-okfn/csv_folders/CAF/indicators.csv" | count
      from "iati-okfn/csv_folders/CAF/indicator_periods.csv" | summarize periods = count, target = sum(target_value), actuals = count(actual_value)
      """,
      """
      count
      478

      count
      493

      periods,target,actuals
      493,388609247,0
      """),
    Question(
      "14",
      """
      from "iati-okfn/csv_folders/CAF/transactions.csv" | summarize total = sum(value), count by transaction_type, currency
      """,
      """
      transaction_type,currency,total,count
      2,USD,49903200785,478
      3,USD,39000735461,467
      """),
    Question(
      "16",
      """
      from "iati-okfn/csv_folders/CAF/activities.csv" | where reporting_org_ref = "XM-DAC-46008" | count
      """,
      """
      count
      65
      """),
    Question(
      "19",
      """
      from "iati-okfn/csv_folders/wri-521/results.csv" | summarize titles = count_distinct(title)
      from "iati-okfn/csv_folders/wri-521/indicators.csv" | count
      from "iati-okfn/csv_folders/wri-521/indicator_periods.csv" | summarize targets = count(target_value), actuals = count(actual_value)
      """,
      """
      titles
      16

      count
      24

      targets,actuals
      0,24
      """),
    Question(
      "21",
      """
      from "fr-brussels-hotels/brussels-hotels.csv" | summarize rows = count by annee with totals
      """,
      """
      Année,rows
      2013,132
      2014,132
      2015,132
      2016,132
      2017,110
      total,638
      """),
    Question(
      "22",
      """
      from "fr-brussels-hotels/brussels-hotels.csv"
      | where classement = "All" and quartier = "All"
      | summarize rate = round(mean(occupancy_rate), 6), n = count(occupancy_rate) by annee
      """,
      """
      Année,rate,n
      2013,0.712737,12
      2014,0.730428,12
      2015,0.719177,12
      2016,0.609936,12
      2017,0.703018,10
      """),
    Question(
      "23",
      """
      from "fr-brussels-hotels/brussels-hotels.csv" | top 1 by revpar | keep classement, quartier, date, revpar
      """,
      """
      Classement,Quartier,Date,RevPAR
      5 stars,All,2015-06-01,137.5668258
      """),
    Question(
      "24",
      """
      from "fr-brussels-hotels/brussels-hotels.csv" | summarize unread = count(where occupancy_rate is missing)
      """,
      """
      unread
      0
      """),
    Question(
      "25",
      """
      from "fr-brussels-hotels/brussels-hotels.csv"
      | where classement = "All" and annee = 2013
      | summarize price = round(mean(average_price), 4) by quartier
      | sort price desc
      """,
      """
      Quartier,price
      Quartier Européen,128.7442
      Grand Place & environs,114.3468
      Quartier Louise,113.7556
      All,107.3627
      Brussels Airport,101.3387
      Rogier/Botanique,101.285
      Autour du Ring,90.5974
      Midi-Lemonnier,83.7919
      """),
    Question(
      "26",
      """
      from "fr-toulouse/subventions-toulouse_2022.csv" | summarize rows = count, numeric = count(montant), total = round(sum(montant), 2)
      """,
      """
      rows,numeric,total
      396,396,88789356.48
      """),
    Question(
      "27",
      """
      from "fr-toulouse/subventions-toulouse_2022.csv" | summarize total = round(sum(montant), 2) by nombeneficiaire | top 5 by total
      """,
      """
      nomBeneficiaire,total
      EUROPOLIA,15246000
      OPPIDEA SEM,10558197.3
      SEMECCEL CITE DE L ESPACE,6778498.7
      TOULOUSE METROPOLE HABITAT,6692246
      SPL AGENCE ATTRACTIVITE DE TOULOUSE METROPOLE,5151924
      """),
    Question(
      "28",
      """
      from "fr-toulouse/subventions-toulouse_2022.csv" | summarize n = count, total = round(sum(montant), 2) by month = month(datesperiodeversement)
      """,
      """
      month,n,total
      2022-01,3,3000
      2022-02,8,94960
      2022-03,5,757965.01
      2022-04,13,880100
      2022-05,20,241460.92
      2022-06,18,268820.88
      2022-07,44,10015690.4
      2022-08,49,4635261.24
      2022-09,18,373813.08
      2022-10,35,18665676.4
      2022-11,46,12776907.65
      2022-12,137,40075700.9
      """),
    Question(
      "29",
      """
      from "fr-toulouse/subventions-toulouse_2022.csv" | count by idattribuant
      """,
      """
      idAttribuant,count
      "2,43E+13",396
      """),
    Question(
      "30",
      """
      from "fr-toulouse/subventions-toulouse_2022.csv" | summarize total = round(sum(montant), 2) by type | top 6 by total
      """,
      """
      type,total
      Société Anonyme (SA),28037852.01
      Établissement public,17765185.38
      Société d'économie mixte (SEM),17398111.12
      Association loi 1901,12033869.33
      SA conseil d'administration,6012614
      Société publique locale,2534025.62
      """),
    Question(
      "31",
      """
      # The last row is the total of the others, so half of the sum.
      let ages = from "fr-insee-population/pop-totale-france.txt" | add everybody = sum(ensemble) per all | where ensemble < everybody / 2
      from ages | summarize rows = count, men = sum(nombre_d_hommes), women = sum(nombre_de_femmes), total = sum(ensemble)
      """,
      """
      rows,men,women,total
      101,32455859,34534967,66990826
      """),
    Question(
      "32",
      """
      # The last row is the total of the others, so half of the sum.
      let ages = from "fr-insee-population/pop-totale-france.txt" | add everybody = sum(ensemble) per all | where ensemble < everybody / 2
      from ages
      | where nombre_de_femmes > nombre_d_hommes
      | take 1
      | keep age = age_revolu, women = nombre_de_femmes, men = nombre_d_hommes
      """,
      """
      age,women,men
      25,386886,384159
      """),
    Question(
      "33",
      """
      # The last row is the total of the others, so half of the sum.
      let ages = from "fr-insee-population/pop-totale-france.txt" | add everybody = sum(ensemble) per all | where ensemble < everybody / 2
      # "100 ou plus" is no number.
      from ages
      | where age_revolu >= 60 or age_revolu is missing
      | summarize women = round(ratio(nombre_de_femmes, ensemble), 6)
      """,
      """
      women
      0.559348
      """),
    Question(
      "34",
      """
      from "fr-zone-apl/zone_apl.csv" | summarize rows = count by zone = column_5 with totals
      """,
      """
      zone,rows
      1,787
      2,2056
      3,34035
      ,2
      total,36880
      """),
    Question(
      "35",
      #"""
      from "fr-zone-apl/zone_apl.csv" | where matches(column_2, "[^\\x00-\\x7F]") | count
      """#,
      """
      count
      8012
      """),
    Question(
      "36",
      """
      from "fr-zone-apl/zone_apl.csv"
      | summarize lost = count(where starts_with(column_4, "0")), other = count(where not matches(column_4, "^[0-9]+$"))
      """,
      """
      lost,other
      3255,0
      """),
    Question(
      "37",
      """
      from "fr-communes/donnees_communes.csv" | summarize communes = count, people = sum(pmun)
      """,
      """
      communes,people
      34970,67408052
      """),
    Question(
      "38",
      """
      from "fr-communes/donnees_communes.csv" | summarize people = sum(pmun) by région | top 3 by people
      """,
      """
      Région,people
      Île-de-France,12317279
      Auvergne-Rhône-Alpes,8114361
      Nouvelle-Aquitaine,6069352
      """),
    Question(
      "39",
      """
      from "fr-communes/donnees_communes.csv" | where pmun = 0 | keep commune | sort commune
      """,
      """
      Commune
      Beaumont-en-Verdunois
      Bezonvaux
      Cumières-le-Mort-Homme
      Fleury-devant-Douaumont
      Haumont-près-Samogneux
      Louvemont-Côte-du-Poivre
      """),
    Question(
      "81",
      """
      from "fr-subventions-asso/SCDL_SECOND_IMPORT.csv"
      | summarize rows = count, total = sum(montant), beneficiaries = count_distinct(nombeneficiaire)
      """,
      """
      rows,total,beneficiaries
      9,160000,3
      """),
  ]
}
