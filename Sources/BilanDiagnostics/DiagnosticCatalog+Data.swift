/// Files and the values in them.
extension DiagnosticCatalog {
  static let fileNotFound = DiagnosticEntry(
    .fileNotFound,
    "a file that is not there",
    fr: "un fichier introuvable",
    explanation: """
      A path in a query starts from the directory of its file, or at the prompt from where `bilan` was
      started. The message gives the full path that was tried.
      """,
    fr: """
      Un chemin dans une requête part du dossier de son fichier, ou à l’invite de l’endroit où `bilan` a
      été lancé. Le message donne le chemin complet essayé.
      """,
    triggers: "from \"data/reslts.csv\"",
    avoids: "from \"data/results.csv\"",
    as: .query)

  static let unreadableFile = DiagnosticEntry(
    .unreadableFile,
    "a file that cannot be read",
    fr: "un fichier qui ne peut pas être lu",
    explanation: """
      The file is there and the system refuses it: it is a directory, its rights do not allow it, or the
      disk failed. The message gives the system's reason.
      """,
    fr: """
      Le fichier existe et le système le refuse : c’est un dossier, ses droits ne le permettent pas, ou le
      disque a failli. Le message donne la raison du système.
      """,
    triggers: "from \"data\"",
    avoids: "from \"data/results.csv\"",
    as: .query)

  static let unsupportedFormat = DiagnosticEntry(
    .unsupportedFormat,
    "a file that Bilan cannot hold",
    fr: "un fichier que Bilan ne peut pas contenir",
    explanation: """
      A text file is read whole, and may be of 4 GiB at most. Split it, or keep the columns that matter in
      the program that made it.
      """,
    fr: """
      Un fichier texte est lu en entier, et peut avoir 4 Gio au plus. Partagez-le, ou gardez les colonnes
      utiles dans le programme qui l’a produit.
      """,
    triggers: "from \"every_payment.csv\"   # of more than 4 GiB",
    avoids: "from \"data/results.csv\"",
    as: .query)

  static let invalidDescriptor = DiagnosticEntry(
    .invalidDescriptor,
    "a `datapackage.json` that is not right",
    fr: "un `datapackage.json` incorrect",
    explanation: """
      The descriptor says where the files are and what their fields hold. It must be JSON and follow the
      Data Package standard; the message names the entry that does not. `.describe` can write a correct
      one.
      """,
    fr: """
      Le descripteur dit où sont les fichiers et ce que contiennent leurs champs. Il doit être du JSON et
      suivre la norme Data Package ; le message nomme l’entrée fautive. `.describe` peut en écrire un
      correct.
      """,
    triggers: "{ \"resources\": [ { \"name\": \"results\", \"path\": \"results.csv\" } ]",
    avoids: "{ \"resources\": [ { \"name\": \"results\", \"path\": \"results.csv\" } ] }",
    as: .file)

  static let raggedRow = DiagnosticEntry(
    .raggedRow,
    "a row with too many or too few cells",
    fr: "une ligne aux cellules trop ou trop peu nombreuses",
    explanation: """
      Every row should have as many cells as the header. A surplus is often a delimiter inside a text that
      should be quoted; a lack, a row cut short. The message gives the line.
      """,
    fr: """
      Chaque ligne devrait avoir autant de cellules que l’en-tête. Un surplus vient souvent d’un
      séparateur dans un texte qui devrait être entre guillemets ; un manque, d’une ligne coupée. Le
      message donne la ligne.
      """,
    triggers: "region,target\nOriental,400,512\nDraâ,120\nSouss,80",
    avoids: "region,target\n\"Oriental, Nord\",400\nDraâ,120\nSouss,80",
    as: .file)

  static let unterminatedQuote = DiagnosticEntry(
    .unterminatedQuote,
    "a quoted cell that is never closed",
    fr: "une cellule entre guillemets jamais fermée",
    explanation: """
      A cell that begins with a double quote goes on to the next one, over line ends. This one reaches the
      end of the file, so everything after it would be one cell. The message gives the line where it
      opens.
      """,
    fr: """
      Une cellule qui commence par un guillemet va jusqu’au suivant, sauts de ligne compris. Celle-ci va
      jusqu’à la fin du fichier : tout ce qui suit ne ferait qu’une cellule. Le message donne la ligne où
      elle s’ouvre.
      """,
    triggers: "region,target\n\"Oriental,400\nDraâ,120",
    avoids: "region,target\n\"Oriental\",400\nDraâ,120",
    as: .file)

  static let invalidEncoding = DiagnosticEntry(
    .invalidEncoding,
    "bytes that are not in the file's encoding",
    fr: "des octets étrangers à l’encodage du fichier",
    explanation: """
      Bilan reads UTF-8, UTF-16 and windows-1252, and finds out which. These bytes fit none, or not the
      one that was declared. Save the file as UTF-8, or correct `encoding` in the descriptor.
      """,
    fr: """
      Bilan lit UTF-8, UTF-16 et windows-1252, et trouve lequel. Ces octets ne vont avec aucun, ou pas
      avec celui qui est déclaré. Enregistrez le fichier en UTF-8, ou corrigez `encoding` dans le
      descripteur.
      """,
    triggers: "from \"regional.csv\" with encoding = \"utf-8\"   # saved as windows-1252",
    avoids: "from \"regional.csv\" with encoding = \"windows-1252\"",
    as: .query)

  static let emptyFile = DiagnosticEntry(
    .emptyFile,
    "a file without a table",
    fr: "un fichier sans table",
    explanation: """
      The file has no line that could be a header. It may be an export that failed, or a sheet other than
      the one with the data.
      """,
    fr: """
      Le fichier n’a aucune ligne qui puisse être un en-tête. C’est peut-être une exportation manquée, ou
      une autre feuille que celle des données.
      """,
    triggers: "(nothing)",
    avoids: "region,target",
    as: .file)

  static let unreadableValues = DiagnosticEntry(
    .unreadableValues,
    "values that are not what their column holds",
    fr: "des valeurs qui ne sont pas du type de leur colonne",
    explanation: """
      Most cells of the column are numbers or dates, and some are not: they are read as missing, counted,
      and the first are shown with their lines. If they mean "no value", declare them in `missingValues`;
      if they are typing errors, mend the file.
      """,
    fr: """
      La plupart des cellules de la colonne sont des nombres ou des dates, et certaines non : elles sont
      lues comme manquantes, comptées, et les premières sont montrées avec leur ligne. Si elles signifient
      « pas de valeur », déclarez-les dans `missingValues` ; si ce sont des fautes de frappe, corrigez le
      fichier.
      """,
    triggers: "region,target\nOriental,400\nDraâ,4OO",
    avoids: "region,target\nOriental,400\nDraâ,400",
    as: .file)

  static let binaryFile = DiagnosticEntry(
    .binaryFile,
    "a file that is not text",
    fr: "un fichier qui n’est pas du texte",
    explanation: """
      The file holds bytes that no text has. It may be compressed, a spreadsheet or a document under
      another extension.
      """,
    fr: """
      Le fichier contient des octets qu’aucun texte n’a. Il est peut-être compressé, ou c’est un classeur
      ou un document sous une autre extension.
      """,
    triggers: "from \"renamed.csv\"   # a spreadsheet whose name was changed",
    avoids: "from \"data/results.csv\"",
    as: .query)

  static let duplicateColumn = DiagnosticEntry(
    .duplicateColumn,
    "two columns with the same label",
    fr: "deux colonnes du même libellé",
    explanation: """
      The header has a label twice. Both are read, and the later one gets a number, `target_2`, so that
      each can be named. Better to rename it where the file is made.
      """,
    fr: """
      L’en-tête a deux fois le même libellé. Les deux colonnes sont lues, et la seconde reçoit un numéro,
      `target_2`, pour que chacune ait un nom. Mieux vaut la renommer à la source.
      """,
    triggers: "region,target,target\nOriental,400,512",
    avoids: "region,target,actual\nOriental,400,512",
    as: .file)

  static let strayQuote = DiagnosticEntry(
    .strayQuote,
    "a quote in the middle of a cell",
    fr: "un guillemet au milieu d’une cellule",
    explanation: """
      A double quote has a meaning only around a whole cell, where one inside it is doubled. This one
      stands elsewhere and is read as it is, or it closes and text follows, which is kept as part of
      the cell; if cells run into each other, that is why.
      """,
    fr: """
      Un guillemet n’a de sens qu’autour d’une cellule entière, où un guillemet intérieur est doublé.
      Celui-ci est ailleurs et lu tel quel, ou il ferme et du texte suit, qui est gardé dans la
      cellule ; si des cellules se confondent, en voilà la raison.
      """,
    triggers: "name,jobs\nCoop \"Amal\",12",
    avoids: "name,jobs\n\"Coop \"\"Amal\"\"\",12",
    as: .file)

  static let ambiguousDates = DiagnosticEntry(
    .ambiguousDates,
    "dates that could be read two ways",
    fr: "des dates qui se lisent de deux façons",
    explanation: """
      No day above 12 tells whether 03/04/2019 is in March or April. Bilan says which way it read the
      column and why. Declare `"format": "%d/%m/%Y"` in the descriptor, or write dates as 2019-04-03. Years of two
      digits are completed: the note says between which years. Fiscal years, `FY2019` or `Exercice 2019`, are read as
      beginning in January unless `fiscal_year_start` says otherwise.
      """,
    fr: """
      Aucun jour au-delà de 12 ne dit si 03/04/2019 est en mars ou en avril. Bilan dit comment il a lu la
      colonne et pourquoi. Déclarez `"format": "%d/%m/%Y"` dans le descripteur, ou écrivez les dates sous
      la forme 2019-04-03. Les années à deux chiffres sont complétées : la note dit entre quelles années.
      Les exercices, `FY2019` ou `Exercice 2019`, sont lus comme commençant en janvier, sauf si `fiscal_year_start` dit
      autre chose.
      """,
    triggers: "created\n03/04/2019\n05/06/2019",
    avoids: "created\n2019-04-03\n2019-06-05",
    as: .file)

  static let severalMembers = DiagnosticEntry(
    .severalMembers,
    "an archive of several files",
    fr: "une archive de plusieurs fichiers",
    explanation: """
      A ZIP archive that holds one file is read as that file. Of several, the one that is meant stands after
      `#`: `from "data.zip#results.csv"`. Its name is enough where no other folder of the archive has a file of that
      name.
      """,
    fr: """
      Une archive ZIP qui contient un seul fichier se lit comme ce fichier. De plusieurs, celui qui est voulu
      s’écrit après `#` : `from "data.zip#results.csv"`. Son nom suffit si aucun autre dossier de l’archive n’a
      de fichier de ce nom.
      """,
    triggers: "from \"data.zip\"   # of several files",
    avoids: "from \"data.zip#results.csv\"",
    as: .query)

  static let unknownTable = DiagnosticEntry(
    .unknownTable,
    "a table that its file does not have",
    fr: "une table que son fichier n’a pas",
    explanation: """
      A workbook or a database holds several tables, and one is named after the sign `#`. The message lists
      those that are there.
      """,
    fr: """
      Un classeur ou une base contient plusieurs tables, et l’une est nommée après le signe `#`. Le message
      donne celles qui s’y trouvent.
      """,
    triggers: "from \"programme.json#resluts\"",
    avoids: "from \"programme.json#results\"",
    as: .query)

  static let malformedFile = DiagnosticEntry(
    .malformedFile,
    "a file whose content breaks its format",
    fr: "un fichier dont le contenu enfreint son format",
    explanation: """
      The file is of a known format, and something in it is not as that format has it: it is cut short, or
      damaged, or the program that wrote it was wrong. The message says where. Nothing of it is loaded.
      """,
    fr: """
      Le fichier est d’un format connu, et quelque chose n’y est pas comme ce format le veut : il est
      tronqué, abîmé, ou le programme qui l’a écrit s’est trompé. Le message dit où. Rien n’en est chargé.
      """,
    triggers: "from \"cut.json\"   # the download stopped half way",
    avoids: "from \"whole.json\"",
    as: .query)
}
