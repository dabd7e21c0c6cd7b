#if Spreadsheets
  import BilanArchives
  import BilanDiagnostics

  /// What is said where a workbook cannot be read.
  enum WorkbookError {
    /// - Parameter complaint: a sentence without its subject, which is the file.
    static func malformed(_ name: String, _ complaint: Localized, help: Localized? = nil) -> QueryError {
      QueryError(
        .error(
          .malformedFile,
          Localized("`\(name)` \(complaint.english)", fr: "`\(name)` \(complaint.french)"), help: help), kind: .data)
    }

    private static let saveAgain = Localized(
      "open it in a spreadsheet program and save it again",
      fr: "ouvrez-le dans un tableur et enregistrez-le de nouveau")

    /// What is wrong with the archive that a workbook is.
    static func describing(_ failure: ZipFailure, in name: String) -> QueryError {
      switch failure {
      case .noArchive:
        malformed(
          name, Localized("is no ZIP archive, or is cut short", fr: "n’est pas une archive ZIP, ou est tronqué"))
      case .brokenDirectory:
        malformed(name, Localized("has a broken directory of parts", fr: "a un répertoire de parties abîmé"))
      case .missing(let part): missingPart(part, in: name)
      case .unreadMethod(let part, let number):
        malformed(
          name,
          Localized(
            "has its part `\(part)` compressed with \(ZipFailure.methodName(number) ?? "method \(number)")",
            fr: "a sa partie `\(part)` compressée par \(ZipFailure.methodName(number) ?? "la méthode \(number)")"),
          help: saveAgain)
      case .damaged(let part): damagedPart(part, in: name)
      case .encrypted: encrypted(name)
      case .tooLarge: inflatesTooFar(name)
      }
    }

    static func missingPart(_ part: String, in name: String) -> QueryError {
      malformed(
        name, Localized("lacks its part `\(part)`", fr: "n’a pas sa partie `\(part)`"), help: saveAgain)
    }

    static func damagedPart(_ part: String, in name: String) -> QueryError {
      malformed(
        name, Localized("is damaged in its part `\(part)`", fr: "est abîmé dans sa partie `\(part)`"), help: saveAgain)
    }

    static func encrypted(_ name: String) -> QueryError {
      malformed(
        name,
        Localized(
          "is protected by a password, or is a workbook of before 2007 (xls)",
          fr: "est protégé par un mot de passe, ou est un classeur d’avant 2007 (xls)"),
        help: Localized(
          "save it as xlsx without a password", fr: "enregistrez-le en xlsx, sans mot de passe"))
    }

    static func inflatesTooFar(_ name: String) -> QueryError {
      malformed(
        name,
        Localized(
          "holds far more than its size allows: it is made to fill memory",
          fr: "contient bien plus que sa taille ne le permet : il est fait pour remplir la mémoire"))
    }

    static func invalidXML(_ part: String, line: Int, _ reason: Localized, in name: String) -> QueryError {
      malformed(
        name,
        Localized(
          "is damaged: line \(line) of `\(part)`: \(reason.english)",
          fr: "est abîmé : ligne \(line) de `\(part)` : \(reason.french)"), help: saveAgain)
    }

    /// - Parameter cell: as `B7`.
    static func wrongCell(_ cell: String, _ reason: Localized, in name: String) -> QueryError {
      malformed(
        name,
        Localized(
          "is damaged in cell \(cell): \(reason.english)", fr: "est abîmé à la cellule \(cell) : \(reason.french)"),
        help: saveAgain)
    }
  }
#endif
