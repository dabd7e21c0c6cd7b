/// What tables that people make hold beside their data.
extension DiagnosticCatalog {
  static let totalRows = DiagnosticEntry(
    .totalRows,
    "rows that look like totals of others",
    fr: "des lignes qui semblent être des totaux",
    explanation: """
      Some rows are called `Total`, `Sous-total`, `Ensemble` or the like, and their numbers are the sums of other rows:
      adding up the column counts everything twice. The rows are kept, since Bilan drops none by itself; the note says
      which they are and the `where` that leaves them out.

      In budgets of IATI an original and a revised budget of one period are two plans for the same money, and a budget of a
      year is that of its quarters: adding them up counts twice as well.
      """,
    fr: """
      Des lignes s’appellent `Total`, `Sous-total`, `Ensemble` ou autrement, et leurs nombres sont les sommes
      d’autres lignes : additionner la colonne compte tout deux fois. Les lignes sont gardées, car Bilan n’en écarte
      aucune de lui-même ; la note dit lesquelles, et le `where` qui les écarte.

      Dans les budgets de l’IATI, un budget initial et un budget révisé pour une même période prévoient le même argent, et
      le budget d’une année est celui de ses trimestres : les additionner compte aussi deux fois.
      """,
    triggers: "region;actual\nOriental;12\nRabat;7\nTotal;19",
    avoids: "region;actual\nOriental;12\nRabat;7",
    as: .file)

  static let accountingNegatives = DiagnosticEntry(
    .accountingNegatives,
    "numbers that are negative by their parentheses",
    fr: "des nombres négatifs par leurs parenthèses",
    explanation: """
      Accounts write negative amounts as `(1 200)`, and some programs put the minus behind: `1200-`. Both are read as
      negative. One or two digits in parentheses are the mark of a footnote and no number. Where the parentheses mean
      something else, read the column as text: `with types = "amount: text"`.
      """,
    fr: """
      Les comptes écrivent les montants négatifs `(1 200)`, et certains logiciels mettent le moins derrière : `1200-`.
      Les deux sont lus comme négatifs. Un ou deux chiffres entre parenthèses sont un appel de note et non un nombre.
      Si les parenthèses ont un autre sens, lisez la colonne comme du texte : `with types = "montant: text"`.
      """,
    triggers: "account;amount\nA;1500\nB;(1 200)",
    avoids: "account;amount\nA;1500\nB;-1200",
    as: .file)

  static let mixedCurrencies = DiagnosticEntry(
    .mixedCurrencies,
    "a column of amounts in several currencies or units",
    fr: "une colonne de montants en plusieurs monnaies ou unités",
    explanation: """
      The cells of the column are amounts with currencies beside them, and not always the same: dirhams and euros, or
      `€` and `k€`, or `k€` beside numbers that have no unit. They cannot be added up, so the column is text. Put the
      currency into a column of its own, or convert the amounts. Where one currency stands beside a few numbers of many,
      the others are taken for amounts in it. In a workbook percentages may stand beside numbers beyond one, shares beside
      persons: all are then plain numbers, 80 % being 0.8, and a sum of them means nothing.
      """,
    fr: """
      Les cellules de la colonne sont des montants avec leur monnaie, qui n’est pas toujours la même : dirhams et
      euros, ou `€` et `k€`, ou des `k€` à côté de nombres sans unité. Ils ne s’additionnent pas, la colonne est donc
      du texte. Mettez la monnaie dans une colonne à part, ou convertissez les montants. Quand une seule monnaie
      accompagne quelques nombres parmi beaucoup, les autres sont pris pour des montants dans cette monnaie. Dans un
      classeur, des pourcentages peuvent se trouver à côté de nombres supérieurs à un, des parts à côté de personnes : tous
      sont alors de simples nombres, 80 % valant 0,8, et leur somme ne veut rien dire.
      """,
    triggers: "firm;grant\nA;1 200 DH\nB;300 €\nC;450 €",
    avoids: "firm;grant;currency\nA;1200;MAD\nB;300;EUR",
    as: .file)

  static let noHeaderLine = DiagnosticEntry(
    .noHeaderLine,
    "a header that is said to be where the file has no line",
    fr: "un en-tête indiqué là où le fichier n’a pas de ligne",
    explanation: """
      `with header = 12`, or `headerRows` in the descriptor, says on which line of the file the names of the columns
      are, counted from 1 as an editor counts. The file is shorter, or has nothing from that line on.
      """,
    fr: """
      `with header = 12`, ou `headerRows` dans le descripteur, dit à quelle ligne du fichier sont les noms des
      colonnes, comptée à partir de 1 comme dans un éditeur. Le fichier est plus court, ou n’a rien à partir de là.
      """,
    triggers: "from \"data/results.csv\" with header = 1000000",
    avoids: "from \"data/results.csv\" with header = 1",
    as: .query)

  static let emptyRows = DiagnosticEntry(
    .emptyRows,
    "rows with nothing in any cell",
    fr: "des lignes sans rien dans aucune cellule",
    explanation: """
      Between the rows of the table stand lines of delimiters alone, as spreadsheets write rows that were left empty or
      cleared. Each is kept as a row of missing values, which `count` counts. Those below the last row are left out.
      `where … is not missing` on a column that is always filled leaves them out.
      """,
    fr: """
      Entre les lignes du tableau, certaines ne contiennent que des séparateurs, comme un tableur écrit les lignes
      laissées vides ou effacées. Chacune est gardée comme une ligne de valeurs manquantes, que `count` compte. Celles
      qui suivent la dernière ligne sont écartées. `where … is not missing` sur une colonne toujours remplie les écarte.
      """,
    triggers: "region;n\nFès;3\n;\nRabat;4",
    avoids: "region;n\nFès;3\nRabat;4",
    as: .file)

  static let endBlanks = DiagnosticEntry(
    .endBlanks,
    "texts that differ in blanks at their ends alone",
    fr: "des textes qui ne diffèrent que par des blancs aux extrémités",
    explanation: """
      Some texts of the column have a blank or a no-break space at an end, and others are the same without: nobody sees the
      difference, and each is a group of its own. In quotes and in cells of a sheet blanks are part of a text; around cells
      of delimited text that have no quotes they are left out. `trim(region)` takes them away. In IATI files, figures whose
      dimensions differ in capitals or accents alone share a row, which the note says.
      """,
    fr: """
      Certains textes de la colonne ont un blanc ou une espace insécable à une extrémité, et d’autres sont les mêmes sans :
      personne ne voit la différence, et chacun forme un groupe à part. Entre guillemets et dans les cellules d’une feuille,
      les blancs font partie du texte ; autour des cellules d’un texte délimité qui n’ont pas de guillemets, ils sont
      écartés. `trim(region)` les enlève. Dans les fichiers IATI, les chiffres dont les dimensions ne diffèrent que par les
      majuscules ou les accents partagent une ligne, ce que dit la note.
      """,
    triggers: "region;n\n\"Fès\";3\n\"Fès \";4",
    avoids: "region;n\nFès;3\nFès ;4",
    as: .file)

  static let fixedWidth = DiagnosticEntry(
    .fixedWidth,
    "columns that are kept apart by blanks alone",
    fr: "des colonnes séparées par de simples blancs",
    explanation: """
      No delimiter stands in the file, and its lines have blanks in the same places: its columns are of fixed width, as
      statistical packages, spreadsheets (`.prn`) and database shells print them. They are cut where every line from the
      names on is blank and most have more than one blank, or where a line of dashes below the names says so. Look at the
      names: where two columns touch in some line, they are one. `with delimiter = " "` splits at blanks where columns are not
      of fixed width.
      """,
    fr: """
      Aucun séparateur ne figure dans le fichier, et ses lignes ont des blancs aux mêmes endroits : ses colonnes sont de
      largeur fixe, comme les impriment les logiciels de statistique, les tableurs (`.prn`) et les bases de données. Elles
      sont coupées là où toutes les lignes, à partir des noms, ont un blanc et la plupart plusieurs, ou là où une ligne de
      tirets sous les noms le dit. Regardez les noms : là où deux colonnes se touchent dans une ligne, elles n’en font
      qu’une. `with delimiter = " "` coupe aux blancs où les colonnes ne sont pas de largeur fixe.
      """,
    triggers: "region      n\nFès         3\nRabat-Salé  4",
    avoids: "region;n\nFès;3\nRabat-Salé;4",
    as: .file)

  static let flagsDropped = DiagnosticEntry(
    .flagsDropped,
    "marks beside numbers and periods, which are left out",
    fr: "des marques à côté de nombres et de périodes, qui sont écartées",
    explanation: """
      Statistical offices write letters behind values: `12.5 p` is provisional, `e` estimated, `b` a break in the series, and
      `: c` confidential; an asterisk, `12*`, has a footnote. Letters are taken so under years, where missing values have them,
      and behind fractions where they are several single letters, or `p` or `e` alone; asterisks where most numbers have none.
      So are words for how sure a value is, `2019-Q1 (p)` and `1 250 prov.`, and those that say that it is not exact, `~120`
      and `env. 50`. The values are read without them. `with types = "2019: text"` keeps them.
      """,
    fr: """
      Les instituts de statistique écrivent des lettres derrière les valeurs : `12.5 p` est provisoire, `e` estimé, `b` une
      rupture de série, et `: c` confidentiel ; un astérisque, `12*`, appelle une note. Les lettres sont prises ainsi sous des
      années, si des valeurs manquantes en portent, et derrière des fractions si ce sont plusieurs lettres isolées, ou `p` ou
      `e` seul ; les astérisques, si la plupart des nombres n’en ont pas. Il en va de même des mots qui disent si
      une valeur est sûre, `2019-Q1 (p)` et `1 250 prov.`, ou exacte, `~120` et `env. 50`. Les valeurs sont lues sans eux.
      `with types = "2019: text"` les garde.
      """,
    triggers: "geo;value\nMA;12.5 p\nFR;13\nES;14",
    avoids: "geo;value\nMA;12.5\nFR;13\nES;14",
    as: .file)

  static let codesKept = DiagnosticEntry(
    .codesKept,
    "codes that look like numbers or dates",
    fr: "des codes qui ressemblent à des nombres ou à des dates",
    explanation: """
      The column is called a code, and its values have a point or a comma as the numbers of a logical framework do: `1.1`,
      `1.2`, `1.10`. As numbers 1.1 and 1.10 would be the same, so the column is text. So are the numbers of contracts and
      files, `1/2019` and `01/2019`, which as months would be one, and weeks such as `S1-2019`, which are no semesters. If
      its values are numbers all the same, say `with types = "code: number"`, or `date`, or `period`. Text are also school
      years, `2008-09` and `2009-10`, each a year and the next, which as months would be September and October, and all
      that spans two years, `2018/2019` or `campagne 2018/2019`: only fiscal years are periods, once `fiscal_year_start`
      says in which month they begin.
      """,
    fr: """
      La colonne porte le nom d’un code, et ses valeurs ont un point ou une virgule comme les numéros d’un cadre logique :
      `1.1`, `1.2`, `1.10`. Comme nombres, 1.1 et 1.10 seraient égaux : la colonne est donc du texte. Il en va de même des
      numéros de conventions et de dossiers, `1/2019` et `01/2019`, qui seraient un seul mois, et des semaines comme
      `S1-2019`, qui ne sont pas des semestres. Si ses valeurs sont bien des nombres, indiquez
      `with types = "code: number"`, ou `date`, ou `period`. Sont aussi du texte les années scolaires, `2008-09` et
      `2009-10`, chacune une année et la suivante, qui comme mois seraient septembre et octobre, et tout ce qui
      couvre deux années, `2018/2019` ou `campagne 2018/2019` : seuls les exercices sont des périodes, une fois que
      `fiscal_year_start` dit en quel mois ils commencent.
      """,
    triggers: "code;n\n1.1;3\n1.10;4",
    avoids: "code;n\nA1;3\nA10;4",
    as: .file)

  static let sheetsNotRead = DiagnosticEntry(
    .sheetsNotRead,
    "other tables of a file than the one that is read",
    fr: "d’autres tables d’un fichier que celle qui est lue",
    explanation: """
      A sheet holds 1,048,576 rows, and workbooks of a year a sheet are common: other sheets of this one begin with the
      same names of columns. What `from` names is one sheet, the first where it names none; the others are not read.
      Put their rows beneath with `append`. The first sheet may also be a cover, with a title or lines of text alone: the note
      names those that have tables. `bilan diff` compares one table of each file, and says which others it does not.

      An object of JSON may have several arrays of objects. Read is one that is called as data are (`data`, `records`,
      `results`, `rows`…), else the longest; `from "file.json#name"` says which is meant, and `from "file.json#$"` that
      it is the whole. An object of lists of one length, or of numbered objects with the same names, is read as the table
      that it most likely is; `#$` makes one row of it.
      """,
    fr: """
      Une feuille contient 1 048 576 lignes, et les classeurs d’une feuille par année sont courants : d’autres
      feuilles de celui-ci commencent par les mêmes noms de colonnes. Ce que `from` nomme est une seule feuille, la
      première s’il n’en nomme pas ; les autres ne sont pas lues. Ajoutez leurs lignes avec `append`. La première feuille
      peut aussi être une page de garde, avec un titre ou des lignes de texte seules : la note nomme celles qui ont des
      tableaux. `bilan diff` compare une table de chaque fichier, et dit quelles autres il ne compare pas.

      Un objet JSON peut avoir plusieurs tableaux d’objets. Est lu celui qui porte un nom de données (`data`, `records`,
      `results`, `rows`…), sinon le plus long ; `from "fichier.json#nom"` dit lequel est voulu, et
      `from "fichier.json#$"` que c’est le tout. Un objet de listes de même longueur, ou d’objets numérotés aux mêmes
      noms, est lu comme le tableau qu’il est sans doute ; `#$` en fait une ligne.
      """,
    triggers: "from \"years.xlsx\"   # of a sheet for each year",
    avoids: "from \"years.xlsx\" | append (from \"years.xlsx#2021\")",
    as: .query)

  static let mergedCells = DiagnosticEntry(
    .mergedCells,
    "cells that are merged over several rows",
    fr: "des cellules fusionnées sur plusieurs lignes",
    explanation: """
      A region that is merged over the rows of its years stands in the first of them alone. Below the header texts and
      dates are therefore read as those of every row that they are merged over. A number is not, so that adding up counts
      it once: it is the first row’s, and missing in the others. In delimited text nothing tells merged cells from empty
      ones: the blanks below a name stay missing, and rows without a region are none of its.
      """,
    fr: """
      Une région fusionnée sur les lignes de ses années n’est que dans la première. Sous l’en-tête, les textes et les
      dates sont donc lus comme ceux de chaque ligne sur laquelle ils sont fusionnés. Un nombre ne l’est pas, pour qu’une
      addition ne le compte qu’une fois : il est à la première ligne, et manquant dans les autres. Dans un texte délimité,
      rien ne distingue une cellule fusionnée d’une cellule vide : les blancs sous un nom restent manquants, et les lignes
      sans région ne sont d’aucune.
      """,
    triggers: "from \"regions.xlsx\"   # a region over its years",
    avoids: "from \"regions.csv\"",
    as: .query)
}
