/// How a file was understood, where that can be argued with.
extension DiagnosticCatalog {
  static let timeOfDayDropped = DiagnosticEntry(
    .timeOfDayDropped,
    "times of day that were dropped",
    fr: "des heures qui ont été écartées",
    explanation: """
      A column of dates also holds times, such as `2021-01-22 14:30`. Bilan works with days and keeps the date;
      the note counts the values. Keep the time in a column of its own if it matters.
      """,
    fr: """
      Une colonne de dates contient aussi des heures, comme `2021-01-22 14:30`. Bilan travaille par jours et
      garde la date ; la note compte les valeurs. Gardez l’heure dans une colonne à part si elle compte.
      """,
    triggers: "created\n2021-01-22 14:30\n2021-02-03 09:15",
    avoids: "created\n2021-01-22\n2021-02-03",
    as: .file)

  static let skippedLines = DiagnosticEntry(
    .skippedLines,
    "lines around a table that were skipped",
    fr: "des lignes autour d’un tableau qui ont été sautées",
    explanation: """
      Titles above the header and remarks below the last row are not rows of the table. The note counts the
      lines that were left out; `describe` shows where the table was found to start.
      """,
    fr: """
      Les titres au-dessus de l’en-tête et les remarques sous la dernière ligne ne sont pas des lignes du tableau.
      La note compte les lignes laissées de côté ; `describe` montre où le tableau a été trouvé.
      """,
    triggers: "Results 2020\n\nregion;actual\nOriental;12\nFès-Meknès;7",
    avoids: "region;actual\nOriental;12\nFès-Meknès;7",
    as: .file)

  static let scientificIdentifiers = DiagnosticEntry(
    .scientificIdentifiers,
    "identifiers that a spreadsheet has ruined",
    fr: "des identifiants qu’un tableur a abîmés",
    explanation: """
      A spreadsheet showed a long identifier as `2,43E+13` and saved it so: its digits are lost and cannot be
      worked out again. Bilan keeps the text as it stands. Export again with the column formatted as text.
      """,
    fr: """
      Un tableur a affiché un long identifiant sous la forme `2,43E+13` et l’a enregistré ainsi : ses chiffres
      sont perdus et ne peuvent être retrouvés. Bilan garde le texte tel quel. Exportez de nouveau, la colonne
      étant au format texte.
      """,
    triggers: "siret;amount\n2,43E+13;100\n2,43E+13;200",
    avoids: "siret;amount\n24310003900011;100\n24310003900012;200",
    as: .file)

  static let mostlyTyped = DiagnosticEntry(
    .mostlyTyped,
    "a column that is text because of a few values",
    fr: "une colonne de texte à cause de quelques valeurs",
    explanation: """
      Most values of the column are numbers or dates, but too many are not for them to be set aside. The whole
      column is text. Correct those values, declare them as codes for missing, or read the numbers with
      `number(…)`, which gives missing for the others.
      """,
    fr: """
      La plupart des valeurs de la colonne sont des nombres ou des dates, mais trop ne le sont pas pour être mises
      de côté. Toute la colonne est du texte. Corrigez ces valeurs, déclarez-les comme codes de valeur manquante,
      ou lisez les nombres avec `number(…)`, qui donne une valeur manquante pour les autres.
      """,
    triggers: "actual\n12\n7\nhigh\n9\nlow\n11",
    avoids: "actual\n12\n7\n\n9\n\n11",
    as: .file)

  static let ambiguousMark = DiagnosticEntry(
    .ambiguousMark,
    "a mark that could be decimal or thousands",
    fr: "un signe qui peut être décimal ou de milliers",
    explanation: """
      Every value of the column has exactly three digits after its mark, as `1.250` has: nothing in it says
      whether that is 1250 or 1.25. The note says how it was taken, from what the file's other columns show.
      Declare `decimalChar` in the descriptor to settle it.
      """,
    fr: """
      Chaque valeur de la colonne a exactement trois chiffres après son signe, comme `1.250` : rien n’y dit s’il
      s’agit de 1250 ou de 1,25. La note dit comment il a été compris, d’après les autres colonnes du fichier.
      Déclarez `decimalChar` dans le descripteur pour trancher.
      """,
    triggers: "actual\n1.250\n2.300\n3.125",
    avoids: "actual\n1250\n2300\n3125",
    as: .file)

  static let fieldsDiffer = DiagnosticEntry(
    .fieldsDiffer,
    "a file that differs from its descriptor",
    fr: "un fichier qui diffère de son descripteur",
    explanation: """
      The descriptor names fields that the file does not have, or the file has columns that the descriptor does not
      know. What both have is read as declared, the rest as it looks. Bring the descriptor up to date.
      """,
    fr: """
      Le descripteur nomme des champs que le fichier n’a pas, ou le fichier a des colonnes que le descripteur ne
      connaît pas. Ce qu’ils ont en commun est lu comme déclaré, le reste selon son aspect. Mettez le descripteur
      à jour.
      """,
    triggers: "region,actuals\nOriental,12",
    avoids: "region,actual\nOriental,12",
    as: .file)

  static let tooManyRows = DiagnosticEntry(
    .tooManyRows,
    "a step that would make too many rows",
    fr: "une étape qui ferait trop de lignes",
    explanation: """
      `complete` makes a row for every combination of the values of its columns. With several columns of many values
      that is more than any table needs: name fewer columns, or keep fewer values first.
      """,
    fr: """
      `complete` fait une ligne pour chaque combinaison des valeurs de ses colonnes. Avec plusieurs colonnes aux
      nombreuses valeurs, c’est plus qu’il n’en faut : nommez moins de colonnes, ou gardez d’abord moins de valeurs.
      """,
    triggers: "from beneficiaries | complete id, supported_on, birth_year, province",
    avoids: "from results | complete indicator, region, period",
    as: .query)

  static let fileFact = DiagnosticEntry(
    .fileFact,
    "something that is known of a file that is described",
    fr: "ce qui est connu d’un fichier décrit",
    explanation: """
      `describe` lists the columns of a file, and what is known of the file itself: its rows, encoding, separator, line
      of names, each with what it rests on. A table on a terminal has it above the columns, JSON in `meta.facts`; where
      a format has no place for it, each is a note on standard error.
      """,
    fr: """
      `describe` énumère les colonnes d’un fichier et ce qui est connu du fichier même : ses lignes, son encodage, son
      séparateur, sa ligne de noms, chacun avec ce sur quoi il repose. Un tableau le montre au-dessus des colonnes,
      JSON dans `meta.facts` ; si un format n’a pas de place pour cela, chacun est une note sur la sortie d’erreur.
      """,
    triggers: "bilan describe results.csv --format csv",
    as: .command)
}
