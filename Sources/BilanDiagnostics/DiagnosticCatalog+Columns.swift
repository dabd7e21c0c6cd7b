// Findings about compressed files, several files as one table, databases and files of columns.

extension DiagnosticCatalog {
  static let trailingBytes = DiagnosticEntry(
    .trailingBytes,
    "a file that ends elsewhere than its data",
    fr: "un fichier qui finit ailleurs que ses données",
    explanation: """
      The compressed file or the stream is whole, and bytes follow that belong to nothing: a second file that
      was appended, or what a download left. They are not read. What stands before them is. Or a stream of
      Arrow ends without the mark that ends one: its writer may have left that out, or batches may be lacking.
      """,
    fr: """
      Le fichier compressé ou le flux est entier, et le suivent des octets qui n’appartiennent à rien : un
      second fichier ajouté, ou un reste de téléchargement. Ils ne sont pas lus. Ce qui les précède l’est. Ou
      bien un flux Arrow finit sans la marque qui en termine un : son programme a pu l’omettre, ou il peut
      manquer des lots.
      """,
    triggers: "from \"padded.csv.gz\"   # text was appended to it",
    avoids: "from \"whole.csv.gz\"",
    as: .query)

  static let filesDiffer = DiagnosticEntry(
    .filesDiffer,
    "files read as one table whose columns differ",
    fr: "des fichiers lus comme une seule table dont les colonnes diffèrent",
    explanation: """
      The files that a pattern matches become one table, columns matched by name. A column that some of
      them lack is missing there; one that is of different types becomes a number or a period where both
      are, else text. Percentages, thousands and millions beside numbers without a unit are text, and where
      `append` joins them they are noted. The message says which columns and which files.
      """,
    fr: """
      Les fichiers qu’un motif désigne forment une seule table, les colonnes étant rapprochées par leur
      nom. Une colonne absente de certains y est manquante ; une colonne de plusieurs types devient un
      nombre ou une période si tous en sont, sinon du texte. Des pourcentages, milliers ou millions à côté de
      nombres sans unité sont du texte, et si `append` les réunit, une note le dit. Le message dit quelles
      colonnes et quels fichiers.
      """,
    triggers: "from \"years/*.csv\"   # `target` is a text in one of them",
    avoids: "from \"data/*.csv\"",
    as: .query)

  static let columnLeftOut = DiagnosticEntry(
    .columnLeftOut,
    "a column that is not read",
    fr: "une colonne qui n’est pas lue",
    explanation: """
      The file has a column of something that a table of Bilan does not hold: pictures or other bytes,
      lists, records. The other columns are read. To have it, turn it into text or numbers where the file
      is made.
      """,
    fr: """
      Le fichier a une colonne de ce qu’une table de Bilan ne contient pas : des images ou d’autres
      octets, des listes, des enregistrements. Les autres colonnes sont lues. Pour l’avoir, changez-la en
      texte ou en nombres là où le fichier est produit.
      """,
    triggers: "from \"photos.db#people\"   # a column holds pictures",
    avoids: "from \"programme.db#results\"",
    as: .query)

  static let inexactValues = DiagnosticEntry(
    .inexactValues,
    "values that are not kept to the last digit",
    fr: "des valeurs qui ne sont pas gardées jusqu’au dernier chiffre",
    explanation: """
      A number of Bilan is a whole number of 64 bits or a double of about 16 digits. The column holds
      longer decimals: each is read as the nearest double. Whole numbers beyond 64 bits are missing, and
      counted.
      """,
    fr: """
      Un nombre de Bilan est un entier de 64 bits ou un réel double d’environ 16 chiffres. La colonne
      contient des décimaux plus longs : chacun est lu comme le double le plus proche. Les entiers au-delà
      de 64 bits sont manquants, et comptés.
      """,
    triggers: "from \"amounts.parquet\"   # decimals of 30 digits",
    avoids: "from \"data/results.csv\"",
    as: .query)
}
