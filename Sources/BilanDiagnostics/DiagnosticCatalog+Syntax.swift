/// The text of a query: characters, tokens, steps.
extension DiagnosticCatalog {
  static let unexpectedCharacter = DiagnosticEntry(
    .unexpectedCharacter,
    "a character that means nothing in a query",
    fr: "un caractère qui n’a pas de sens dans une requête",
    explanation: """
      A query is made of names, numbers, texts in double quotes and a few signs. Any other character is
      refused rather than skipped, because it is usually the trace of a copy from a document. A column
      whose label holds such characters is written between backticks.
      """,
    fr: """
      Une requête se compose de noms, de nombres, de textes entre guillemets droits et de quelques signes.
      Tout autre caractère est refusé plutôt qu’ignoré, car il vient le plus souvent d’un copier-coller.
      Une colonne dont le libellé contient de tels caractères s’écrit entre accents graves.
      """,
    triggers: "from results | where target € 100",
    avoids: "from results | where target > 100",
    as: .query)

  static let unterminatedText = DiagnosticEntry(
    .unterminatedText,
    "a text that is opened and never closed",
    fr: "un texte ouvert et jamais fermé",
    explanation: """
      A text begins and ends with a double quote on the same line. A double quote inside it is written
      `\\"`, a line break `\\n`.
      """,
    fr: """
      Un texte commence et finit par un guillemet droit sur la même ligne. Un guillemet à l’intérieur
      s’écrit `\\"`, un saut de ligne `\\n`.
      """,
    triggers: "from results | where region = \"Oriental",
    avoids: "from results | where region = \"Oriental\"",
    as: .query)

  static let invalidEscape = DiagnosticEntry(
    .invalidEscape,
    "a backslash followed by something it cannot escape",
    fr: "une barre oblique inverse suivie de ce qu’elle ne peut pas introduire",
    explanation: """
      In a text the escapes are `\\"`, `\\\\`, `\\n`, `\\t` and `\\u{00E9}` with the number of a
      character. A backslash that should stand for itself is doubled.
      """,
    fr: """
      Dans un texte, les échappements sont `\\"`, `\\\\`, `\\n`, `\\t` et `\\u{00E9}` avec le numéro d’un
      caractère. Une barre oblique inverse qui vaut pour elle-même est doublée.
      """,
    triggers: "from \"data\\results.csv\"",
    avoids: "from \"data/results.csv\"",
    as: .query)

  static let invalidNumber = DiagnosticEntry(
    .invalidNumber,
    "a number that cannot be read",
    fr: "un nombre illisible",
    explanation: """
      A number is written `1200`, `1_200`, `3.5` or `2e6`, a percentage `110%`. A whole number must fit in
      64 bits. A name that begins with a digit goes between backticks.
      """,
    fr: """
      Un nombre s’écrit `1200`, `1_200`, `3.5` ou `2e6`, un pourcentage `110%`. Un entier doit tenir sur
      64 bits. Un nom qui commence par un chiffre se met entre accents graves.
      """,
    triggers: "from results | where target > 12abc",
    avoids: "from results | where target > 1_200",
    as: .query)

  static let invalidPeriod = DiagnosticEntry(
    .invalidPeriod,
    "a date or a period that does not exist",
    fr: "une date ou une période qui n’existe pas",
    explanation: """
      Periods are written without spaces: `2019-04-15`, `2019-04`, `2019-Q3`, `2019-S1`, `FY2019`. A year
      has four quarters and two semesters, and a day must exist in its month. To subtract, put spaces
      around the sign: `2019 - 4`.
      """,
    fr: """
      Les périodes s’écrivent sans espace : `2019-04-15`, `2019-04`, `2019-Q3`, `2019-S1`, `FY2019`. Une
      année a quatre trimestres et deux semestres, et le jour doit exister dans son mois. Pour soustraire,
      entourez le signe d’espaces : `2019 - 4`.
      """,
    triggers: "from results | where period = 2019-Q5",
    avoids: "from results | where period = 2019-Q4",
    as: .query)

  static let unterminatedName = DiagnosticEntry(
    .unterminatedName,
    "a name in backticks that is never closed",
    fr: "un nom entre accents graves jamais fermé",
    explanation: """
      Backticks surround a name that has spaces or signs in it, on one line. The plain handle of a column
      does without them: `region_d_intervention` is `Région d'intervention`.
      """,
    fr: """
      Les accents graves entourent un nom qui contient des espaces ou des signes, sur une seule ligne.
      L’identifiant simple d’une colonne s’en passe : `region_d_intervention` vaut `Région
      d'intervention`.
      """,
    triggers: "from results | keep `valeur cible",
    avoids: "from results | keep `valeur cible`",
    as: .query)

  static let singleQuotes = DiagnosticEntry(
    .singleQuotes,
    "a text between single quotes",
    fr: "un texte entre apostrophes",
    explanation: """
      Texts stand between double quotes. The single quote is left free, because names and texts in French
      are full of apostrophes: `"Région de l'Oriental"`.
      """,
    fr: """
      Les textes se mettent entre guillemets droits. L’apostrophe reste libre, car les noms et les textes
      français en sont pleins : `"Région de l'Oriental"`.
      """,
    triggers: "from results | where region = 'Oriental'",
    avoids: "from results | where region = \"Oriental\"",
    as: .query)

  static let decimalComma = DiagnosticEntry(
    .decimalComma,
    "a decimal comma in a query",
    fr: "une virgule décimale dans une requête",
    explanation: """
      In a query the comma separates arguments and columns, so a decimal number is written with a point.
      Files are another matter: the decimal comma of a CSV is recognised when it is read.
      """,
    fr: """
      Dans une requête, la virgule sépare les arguments et les colonnes : un nombre décimal s’écrit donc
      avec un point. Il en va autrement des fichiers : la virgule décimale d’un CSV est reconnue à la
      lecture.
      """,
    triggers: "from results | where achievement > 1,5",
    avoids: "from results | where achievement > 1.5",
    as: .query)

  static let foreignOperator = DiagnosticEntry(
    .foreignOperator,
    "an operator of another language",
    fr: "un opérateur d’un autre langage",
    explanation: """
      The language has words where others have signs: `and`, `or`, `not`, and `!=` for what differs. `%`
      only makes percentages, so the remainder of a division is `mod(a, b)`. The message shows the same
      thought in Bilan.
      """,
    fr: """
      Le langage a des mots là où d’autres ont des signes : `and`, `or`, `not`, et `!=` pour ce qui
      diffère. `%` ne sert qu’aux pourcentages ; le reste d’une division est `mod(a, b)`. Le message
      montre la même idée en Bilan.
      """,
    triggers: "from results | where target > 10 && actual > 10",
    avoids: "from results | where target > 10 and actual > 10",
    as: .query)

  static let unexpectedToken = DiagnosticEntry(
    .unexpectedToken,
    "something stands where it cannot",
    fr: "un élément à une place impossible",
    explanation: """
      What comes before was understood, and this does not continue it: a comma too many, an operator
      without its right side, a word in the wrong order. The label says what could stand there.
      """,
    fr: """
      Ce qui précède a été compris, et ceci ne le prolonge pas : une virgule de trop, un opérateur sans
      membre droit, un mot mal placé. L’étiquette dit ce qui pourrait s’y trouver.
      """,
    triggers: "from results | where target >",
    avoids: "from results | where target > 100",
    as: .query)

  static let unclosedBracket = DiagnosticEntry(
    .unclosedBracket,
    "a bracket that is opened and never closed",
    fr: "une parenthèse ou un crochet jamais fermé",
    explanation: """
      Every `(` needs its `)` and every `[` its `]` before the step ends. Both places are shown: where it
      was opened, and where it was still open.
      """,
    fr: """
      Chaque `(` attend son `)` et chaque `[` son `]` avant la fin de l’étape. Les deux endroits sont
      montrés : celui de l’ouverture et celui où la fermeture manquait encore.
      """,
    triggers: "from results | summarize sum(target by region",
    avoids: "from results | summarize sum(target) by region",
    as: .query)

  static let unknownStep = DiagnosticEntry(
    .unknownStep,
    "a step that does not exist",
    fr: "une étape qui n’existe pas",
    explanation: """
      After `|` stands the verb of a step, such as `where`, `add`, `keep`, `summarize` or `sort`. `.help
      steps` lists them all.
      """,
    fr: """
      Après `|` vient le verbe d’une étape, comme `where`, `add`, `keep`, `summarize` ou `sort`. `.help
      steps` les énumère toutes.
      """,
    triggers: "from results | wher target > 100",
    avoids: "from results | where target > 100",
    as: .query)

  static let missingPipe = DiagnosticEntry(
    .missingPipe,
    "two steps without a `|` between them",
    fr: "deux étapes sans `|` entre elles",
    explanation: """
      A `|` ends one step and starts the next, always; a line break alone only separates words. So a query
      can be cut into lines anywhere without changing what it means.
      """,
    fr: """
      Un `|` finit une étape et commence la suivante, toujours ; un saut de ligne ne fait que séparer des
      mots. Une requête peut ainsi être coupée en lignes n’importe où sans changer de sens.
      """,
    triggers: "from results where target > 100",
    avoids: "from results | where target > 100",
    as: .query)

  static let missingSource = DiagnosticEntry(
    .missingSource,
    "a pipeline without a source",
    fr: "une requête sans source",
    explanation: """
      A pipeline starts with the rows it works on: `from` and a dataset, a file or a `let` table. At the
      prompt, a line that begins with `|` continues the last result instead.
      """,
    fr: """
      Une requête commence par les lignes sur lesquelles elle travaille : `from` et un jeu de données, un
      fichier ou une table `let`. À l’invite, une ligne qui commence par `|` prolonge le dernier résultat.
      """,
    triggers: "where target > 100",
    avoids: "from results | where target > 100",
    as: .query)

  static let emptyStep = DiagnosticEntry(
    .emptyStep,
    "a `|` that nothing follows",
    fr: "un `|` que rien ne suit",
    explanation: """
      Two `|` in a row, or one at the end of a query, announce a step that is not there. Write the step,
      or take the `|` away.
      """,
    fr: """
      Deux `|` de suite, ou un seul à la fin d’une requête, annoncent une étape absente. Écrivez l’étape
      ou retirez le `|`.
      """,
    triggers: "from results | | take 5",
    avoids: "from results | take 5",
    as: .query)

  static let foreignStep = DiagnosticEntry(
    .foreignStep,
    "a step under the name it has in another language",
    fr: "une étape sous le nom qu’elle porte ailleurs",
    explanation: """
      Each thing has one name here. `select` and `project` are `keep`, `filter` is `where`, `mutate`,
      `derive` and `extend` are `add`, `group by` is `summarize … by`, `limit` and `head` are `take`,
      `order by` is `sort`.
      """,
    fr: """
      Chaque chose a ici un seul nom. `select` et `project` sont `keep`, `filter` est `where`, `mutate`,
      `derive` et `extend` sont `add`, `group by` est `summarize … by`, `limit` et `head` sont `take`,
      `order by` est `sort`.
      """,
    triggers: "from results | select region, target",
    avoids: "from results | keep region, target",
    as: .query)

  static let foreignWord = DiagnosticEntry(
    .foreignWord,
    "a word of another language",
    fr: "un mot d’un autre langage",
    explanation: """
      Some words mean something elsewhere and have another spelling here: `null` and `NA` are `missing`,
      `is null` is `is missing`, `like` is `~` or `matches`, `case when` is `if … then … else`.
      """,
    fr: """
      Certains mots ont un sens ailleurs et une autre forme ici : `null` et `NA` s’écrivent `missing`, `is
      null` s’écrit `is missing`, `like` s’écrit `~` ou `matches`, `case when` s’écrit `if … then … else`.
      """,
    triggers: "from results | where actual is null",
    avoids: "from results | where actual is missing",
    as: .query)

  static let misplacedDeclaration = DiagnosticEntry(
    .misplacedDeclaration,
    "a declaration inside a pipeline",
    fr: "une déclaration à l’intérieur d’une requête",
    explanation: """
      `use`, `param` and `let` stand on their own, before the query that needs them. They cannot be a
      step, for they say what names mean and not what happens to rows.
      """,
    fr: """
      `use`, `param` et `let` se placent à part, avant la requête qui en a besoin. Ce ne sont pas des
      étapes : elles disent ce que les noms signifient, non ce qui arrive aux lignes.
      """,
    triggers: "from results | let big = 1000",
    avoids: "let big = 1000\nfrom results | where target > big",
    as: .query)

  static let nestedTooDeeply = DiagnosticEntry(
    .nestedTooDeeply,
    "brackets nested too deeply",
    fr: "des parenthèses trop imbriquées",
    explanation: """
      An expression may be nested a few hundred levels deep, far more than anyone can read; beyond that
      the text is likely to be damaged. Name its parts with `let` or `add`.
      """,
    fr: """
      Une expression peut être imbriquée sur quelques centaines de niveaux, bien plus qu’on ne peut en
      lire ; au-delà, le texte est sans doute abîmé. Nommez ses parties avec `let` ou `add`.
      """,
    triggers: "from results | where ((((((((target > 1))))))))   # and so on, hundreds of times",
    avoids: "from results | where target > 1",
    as: .query)

  static let stepNotYetAvailable = DiagnosticEntry(
    .stepNotYetAvailable,
    "a step that this version does not have yet",
    fr: "une étape que cette version n’a pas encore",
    explanation: """
      The language knows this step, and the version you run does not carry it out yet. `.help steps` lists
      what it does.
      """,
    fr: """
      Le langage connaît cette étape, mais la version utilisée ne l’exécute pas encore. `.help steps`
      énumère ce qu’elle sait faire.
      """,
    triggers: "from enterprises | survival from created until closed",
    avoids: "from enterprises | add months = months_between(created, closed)",
    as: .query)
}
