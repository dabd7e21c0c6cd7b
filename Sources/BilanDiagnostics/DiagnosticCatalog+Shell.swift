/// The command line and the shell.
extension DiagnosticCatalog {
  static let unknownCommand = DiagnosticEntry(
    .unknownCommand,
    "a dot command that does not exist",
    fr: "une commande à point qui n’existe pas",
    explanation: """
      Commands of the shell begin with a point, as `.help`, `.datasets` and `.describe`; what does not is
      a query. `.help` lists them.
      """,
    fr: """
      Les commandes du shell commencent par un point, comme `.help`, `.datasets` et `.describe` ; le reste
      est une requête. `.help` les énumère.
      """,
    triggers: ".hlep",
    avoids: ".help",
    as: .command)

  static let nothingToContinue = DiagnosticEntry(
    .nothingToContinue,
    "a `|` at the prompt without a result before it",
    fr: "un `|` à l’invite sans résultat à prolonger",
    explanation: """
      A line that begins with `|` goes on from the last result, and there is none yet in this session, or
      the last query failed. Start with `from`.
      """,
    fr: """
      Une ligne qui commence par `|` part du dernier résultat, et il n’y en a pas encore dans cette
      session, ou la dernière requête a échoué. Commencez par `from`.
      """,
    triggers: "| where target > 100",
    avoids: "from results | where target > 100",
    as: .query)

  static let cannotWrite = DiagnosticEntry(
    .cannotWrite,
    "a file that cannot be written",
    fr: "un fichier qui ne peut pas être écrit",
    explanation: """
      The directory is not there, its rights do not allow it, the disk is full, or the file exists and was
      not to be replaced. The message gives the system's reason.
      """,
    fr: """
      Le dossier n’existe pas, ses droits ne le permettent pas, le disque est plein, ou le fichier existe
      et ne devait pas être remplacé. Le message donne la raison du système.
      """,
    triggers: ".export /nowhere/results.csv",
    avoids: ".export results.csv",
    as: .command)

  static let unknownTopic = DiagnosticEntry(
    .unknownTopic,
    "a help topic that does not exist",
    fr: "un sujet d’aide qui n’existe pas",
    explanation: """
      `.help` knows the steps, the functions, the commands, the datasets and the codes of messages.
      Without a topic it shows where to begin.
      """,
    fr: """
      `.help` connaît les étapes, les fonctions, les commandes, les jeux de données et les codes des
      messages. Sans sujet, il montre par où commencer.
      """,
    triggers: ".help summarys",
    avoids: ".help summarize",
    as: .command)

  static let unknownQuery = DiagnosticEntry(
    .unknownQuery,
    "a saved query that does not exist",
    fr: "une requête enregistrée qui n’existe pas",
    explanation: """
      The name is not that of a query of the project or of this file. The message lists the nearest; the
      project's queries are the `.bilan` files of its `queries` directory.
      """,
    fr: """
      Ce nom n’est celui d’aucune requête du projet ou de ce fichier. Le message donne les plus proches ;
      les requêtes du projet sont les fichiers `.bilan` de son dossier `queries`.
      """,
    triggers: "bilan run targets_exceded",
    avoids: "bilan run targets_exceeded",
    as: .command)

  static let notKept = DiagnosticEntry(
    .notKept,
    "a file that is not kept in the column cache",
    fr: "un fichier qui n’est pas gardé dans le cache des colonnes",
    explanation: """
      `bilan cache add` and `--cache` keep what was read of large files of delimited text, so that the next start
      opens them at once. The message says why one is not kept: it is small, or something else than delimited
      text, or the folder of the cache cannot be written. Queries read the file itself and answer the same.
      """,
    fr: """
      `bilan cache add` et `--cache` gardent ce qui a été lu de grands fichiers de texte délimité, pour que le
      prochain lancement les ouvre aussitôt. Le message dit pourquoi l’un d’eux n’est pas gardé : il est petit,
      n’est pas du texte délimité, ou le dossier du cache ne peut être écrit. Les requêtes lisent le fichier même
      et répondent pareil.
      """,
    triggers: "bilan cache add regions.csv   # of a few lines",
    as: .command)

  static let textNotWritten = DiagnosticEntry(
    .textNotWritten,
    "something that the format of a result cannot hold",
    fr: "quelque chose que le format d’un résultat ne peut pas contenir",
    explanation: """
      What was written differs from the result: windows-1252, which `csv-fr` has, lacks a character and `?`
      stands for it; a spreadsheet program would run a text as a formula, so that an apostrophe was put before
      it; a cell of a workbook is too small for a text. The note counts and shows them. Write `csv` or `json`
      where everything is to be kept.
      """,
    fr: """
      Ce qui a été écrit diffère du résultat : windows-1252, l’encodage de `csv-fr`, n’a pas un caractère, et
      `?` en tient lieu ; un tableur exécuterait un texte comme une formule, et une apostrophe le précède ; une
      cellule de classeur est trop petite pour un texte. La note les compte et en montre. Écrivez en `csv` ou en
      `json` si tout doit être gardé.
      """,
    triggers: "bilan -c 'from regions' --format csv-fr   # with a name in Arabic letters",
    avoids: "bilan -c 'from regions' --format csv",
    as: .command)
}
