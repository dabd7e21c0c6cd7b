#if canImport(Glibc)
  import Glibc
#elseif canImport(Musl)
  import Musl
#else
  import Darwin
#endif

/// Why the system refused something, in words.
package enum SystemReason {
  /// What a code of `errno` means: in English in the words of the C library, in French where it is one that occurs with
  /// files.
  package static func text(_ code: Int32) -> Localized {
    // SAFETY: a text of the C library, copied before anything else asks for one.
    let english = unsafe String(cString: strerror(code))
    return Localized(english, fr: french(code) ?? english)
  }

  private static func french(_ code: Int32) -> String? {
    switch code {
    case ENOENT: "ce fichier ou ce dossier n’existe pas"
    case EACCES: "permission refusée"
    case EPERM: "opération non permise"
    case EISDIR: "c’est un dossier"
    case ENOTDIR: "une partie du chemin n’est pas un dossier"
    case EROFS: "système de fichiers en lecture seule"
    case ENOSPC: "plus de place sur le disque"
    case EDQUOT: "quota de disque dépassé"
    case EFBIG: "fichier trop grand"
    case EIO: "erreur d’entrée-sortie"
    case EMFILE, ENFILE: "trop de fichiers ouverts"
    case ELOOP: "trop de liens symboliques"
    case ENAMETOOLONG: "nom de fichier trop long"
    case ENXIO: "ce périphérique ou cette adresse n’existe pas"
    default: nil
    }
  }
}
