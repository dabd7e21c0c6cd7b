import ArgumentParser
import BilanDiagnostics
import BilanShell

/// `bilan cache` and what it does with the files that were kept.
struct CacheCommand: ParsableCommand {
  static var configuration: CommandConfiguration {
    CommandConfiguration(
      commandName: "cache",
      abstract: Localized(
        "Lists the large files that are kept, keeps others, clears them.",
        fr: "Énumère les grands fichiers gardés, en garde d’autres, les efface."
      ).now,
      discussion: Localized(
        """
        A large file of delimited text that is kept is not read again, as long as it does not change: queries open \
        what was made of it, and answer the same.

          bilan cache add survey.csv
          bilan cache
          bilan cache clear survey.csv

        Files are kept in $XDG_CACHE_HOME/bilan, else in ~/.cache/bilan, for this user alone. --cache or \
        BILAN_CACHE=1 keeps what queries read; --no-cache reads the files themselves.
        """,
        fr: """
          Un grand fichier de texte délimité qui est gardé n’est pas relu tant qu’il ne change pas\u{A0}: les \
          requêtes ouvrent ce qui en a été fait, et répondent pareil.

            bilan cache add enquete.csv
            bilan cache
            bilan cache clear enquete.csv

          Les fichiers sont gardés dans $XDG_CACHE_HOME/bilan, sinon dans ~/.cache/bilan, pour vous seul. --cache ou \
          BILAN_CACHE=1 garde ce que lisent les requêtes\u{A0}; --no-cache lit les fichiers eux-mêmes.
          """
      ).now,
      subcommands: [CacheListCommand.self, CacheAddCommand.self, CacheClearCommand.self],
      defaultSubcommand: CacheListCommand.self)
  }
}

struct CacheListCommand: InvocableCommand {
  static var configuration: CommandConfiguration {
    CommandConfiguration(
      commandName: "list",
      abstract: Localized("Lists the files that are kept.", fr: "Énumère les fichiers gardés.").now)
  }

  @OptionGroup var shared: SharedOptions

  var action: Invocation.Action { .listCache }
}

struct CacheAddCommand: InvocableCommand {
  static var configuration: CommandConfiguration {
    CommandConfiguration(
      commandName: "add",
      abstract: Localized("Reads files and keeps them.", fr: "Lit des fichiers et les garde.").now)
  }

  @Argument(
    help: .localized(
      "Datasets or files of delimited text.", fr: "Des jeux de données ou des fichiers de texte délimité.",
      valueName: Localized("name|file", fr: "nom|fichier")))
  var files: [String]

  @OptionGroup var shared: SharedOptions

  var action: Invocation.Action { .addToCache(files: files) }
}

struct CacheClearCommand: InvocableCommand {
  static var configuration: CommandConfiguration {
    CommandConfiguration(
      commandName: "clear",
      abstract: Localized(
        "Removes what is kept of some files, or everything.", fr: "Efface ce qui est gardé de fichiers, ou tout."
      ).now)
  }

  @Argument(
    help: .localized(
      "Files; all that are kept where none is given.",
      fr: "Des fichiers\u{A0}; tous ceux qui sont gardés si aucun n’est donné.",
      valueName: Localized("file", fr: "fichier")))
  var files: [String] = []

  @OptionGroup var shared: SharedOptions

  var action: Invocation.Action { .clearCache(files: files) }
}
