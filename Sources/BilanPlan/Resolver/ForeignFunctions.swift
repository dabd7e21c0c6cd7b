import BilanColumnar
import BilanDiagnostics

/// Functions that people know from elsewhere, and what they are called here.
enum ForeignFunctions {
  static func here(_ name: String) -> (name: String?, help: Localized)? {
    func renamed(_ here: String) -> (String?, Localized) {
      (here, Localized("it is called `\(here)` here", fr: "elle s’appelle ici `\(here)`"))
    }
    switch TextFolding.fold(name) {
    case "avg", "average", "moyenne": return renamed("mean")
    case "somme", "total": return renamed("sum")
    case "nb", "n", "effectif": return renamed("count")
    case "n_distinct", "countdistinct", "nunique", "uniq": return renamed("count_distinct")
    case "std", "sd", "stdev", "ecart_type": return renamed("stddev")
    case "var": return renamed("variance")
    case "percentile": return renamed("quantile")
    case "mediane": return renamed("median")
    case "lag": return renamed("previous")
    case "lead": return renamed("next")
    case "row_number": return renamed("row")
    case "cumsum":
      return (nil, Localized("write `running(sum(x))`", fr: "écrire `running(sum(x))`"))
    case "log": return renamed("ln")
    case "pow": return renamed("power")
    case "ucase", "toupper", "upcase", "majuscule": return renamed("upper")
    case "lcase", "tolower", "downcase", "minuscule": return renamed("lower")
    case "strlen", "nchar", "len", "longueur": return renamed("length")
    case "substr", "substring", "mid", "left", "right", "gauche", "droite", "stxt":
      return (
        nil,
        Localized(
          "write `extract(x, \"^.{3}\")`: the part of a text that a pattern finds",
          fr: "écrire `extract(x, \"^.{3}\")` : la partie d’un texte qu’un motif trouve")
      )
    case "concat", "concatenate", "concatener", "paste":
      return (nil, Localized("write `a + b`", fr: "écrire `a + b`"))
    case "now", "current_date", "aujourdhui": return renamed("today")
    case "to_number", "as_number", "cast": return renamed("number")
    case "to_date", "strptime": return renamed("date")
    case "regexp_matches", "regexp_like", "grepl": return renamed("matches")
    case "ceiling": return renamed("ceil")
    case "coalesce", "ifnull", "nvl", "isnull":
      return (nil, Localized("write `x ?? 0`", fr: "écrire `x ?? 0`"))
    case "iif", "if_else", "ifelse", "case_when", "si":
      return (nil, Localized("write `if c then a else b`", fr: "écrire `if c then a else b`"))
    case "sumif", "sumifs", "countif", "countifs", "averageif":
      return (
        nil,
        Localized(
          "every aggregate takes its own filter: `sum(x where c)`",
          fr: "chaque agrégat prend son propre filtre : `sum(x where c)`")
      )
    case "string_agg", "group_concat", "array_agg": return renamed("list")
    default: return nil
    }
  }
}
