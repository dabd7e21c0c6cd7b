import BilanDiagnostics
import BilanSyntax

/// The measures of results, written in Bilan and compiled in; read the first time that a name is looked for in it.
package enum Prelude {
  package static let source = Source(name: sourceName, text: text)
  static let sourceName = "<prelude>"

  static let definitions: [Definition] = {
    let result = Parser.parse(source)
    precondition(
      !result.diagnostics.contains { $0.severity == .error },
      "the prelude is wrong: \(result.diagnostics.map(\.message.english))")
    var bindings = Bindings.end
    for item in result.program.items {
      guard case .definition(let syntax) = item.kind else { continue }
      bindings = .node(
        Definition(
          name: syntax.name, parameters: syntax.parameters, body: syntax.body, bindings: bindings,
          documentation: item.documentation), bindings)
    }
    return bindings.definitions
  }()

  static func definition(named name: String) -> Definition? {
    // Most names are others: the text is parsed once one of its own is asked for.
    names.contains(name) ? definitions.first { $0.name.text == name } : nil
  }

  /// What the text below defines, in its order; a test holds the two together.
  package static let names = [
    "falls", "is_directed", "attained", "planned", "mixed", "undirected", "unmixed", "directed", "achievement",
    "mean_achievement", "capped_achievement", "progress", "gap", "exceeded", "met", "missed", "unreported", "status",
    "is_woman", "is_man", "share_of_women", "parity",
  ]

  /// Those of them that only decide something: what they leave out nobody asked for.
  static let tests: Set<String> = ["mixed", "undirected", "status"]

  /// What a measure of the prelude is called, its line of documentation and its text, in the order they are written;
  /// those with parameters are there for the others.
  package static var measures: [(name: String, documentation: String?, body: String)] {
    definitions.reversed().filter { $0.parameters == nil }.map { definition in
      switch definition.body {
      case .expression(let body): (definition.name.text, definition.documentation, body.span.text)
      case .pipeline(let body): (definition.name.text, definition.documentation, body.span.text)
      }
    }
  }

  static let text = """
    ## True for an indicator that should fall: its `direction` says down.
    let falls = has(direction) and fold(text(direction)) in ["down", "descending", "decrease", "decreasing", "falling",
      "falls", "fall", "lower", "reduce", "reduction", "decline", "desc", "minimize", "minimise", "baisse", "a la baisse",
      "en baisse", "baisser", "descendant", "descendante", "decroissant", "decroissante", "diminution", "diminuer",
      "a diminuer", "en diminution", "reduire", "a reduire", "inverse", "↓", "-1", "0", "false"]

    ## True where there is no `direction`, and where it says up or down.
    let is_directed = if has(direction)
      then direction is missing or falls or fold(text(direction)) in ["up", "ascending", "increase", "increasing",
        "rising", "rises", "rise", "higher", "growth", "improve", "asc", "maximize", "maximise", "hausse", "a la hausse",
        "en hausse", "ascendant", "ascendante", "croissant", "croissante", "augmentation", "augmenter", "a augmenter",
        "en augmentation", "progression", "↑", "+1", "1", "true"]
      else true

    ## What was reached, in the direction that is better.
    let attained =
      if falls
      then (if has(baseline) then (if baseline is missing then target else baseline - actual) else target)
      else actual

    ## What was to be reached, in the direction that is better.
    let planned =
      if falls
      then (if has(baseline) then (if baseline is missing then actual else baseline - target) else actual)
      else target

    ## True for a group that mixes indicators, or units where there are none, which do not add up.
    let mixed =
      if has(indicator) then count_distinct(indicator) > 1
      else if has(unit) then count_distinct(unit) > 1
      else false

    ## True for a group with rows whose `direction` says neither up nor down.
    let undirected = if has(direction) then any(not is_directed) else false

    ## A measure that adds rows up, missing for a group that is mixed.
    let unmixed(measure) = missing_if(measure, mixed,
      if has(indicator)
      then "groups mix indicators, which do not add up: add `indicator` to `by`"
      else "groups mix units, which do not add up: add `unit` to `by`",
      if has(indicator)
      then "des groupes mélangent des indicateurs, qui ne s’additionnent pas : ajouter `indicator` à `by`"
      else "des groupes mélangent des unités, qui ne s’additionnent pas : ajouter `unit` à `by`")

    ## A measure that depends on the direction, missing for a group that is undirected.
    let directed(measure) = missing_if(measure, undirected,
      "`direction` says neither up nor down in some rows: write `up` or `down` there",
      "`direction` ne dit ni hausse ni baisse dans certaines lignes : y écrire `hausse` ou `baisse`")

    ## What was reached of what was planned, row by row, in the direction that is better.
    let achievement = directed(missing_if(ratio(attained, planned), mixed,
      if has(indicator)
      then "groups mix indicators, which do not add up: add `indicator` to `by`, or use `mean_achievement`"
      else "groups mix units, which do not add up: add `unit` to `by`",
      if has(indicator)
      then "des groupes mélangent des indicateurs, qui ne s’additionnent pas : ajouter `indicator` à `by`, ou utiliser `mean_achievement`"
      else "des groupes mélangent des unités, qui ne s’additionnent pas : ajouter `unit` à `by`"))

    ## The mean of the achievements of the indicators, each counted once.
    let mean_achievement = if has(indicator) then mean(achievement per indicator) else achievement + 0

    ## The mean of the achievements, each held to 100%.
    let capped_achievement =
      if has(indicator) then mean(least(achievement, 100%) per indicator) else least(achievement, 100%)

    ## How far from the baseline to the target.
    let progress = unmixed(
      ratio(actual - baseline,
        if baseline is missing and (actual is not missing or target is not missing) then 0 else target - baseline))

    ## Actual less target over the rows that have both, positive when better.
    let gap = directed(unmixed(sum(if falls then target - actual else actual - target)))

    ## Achievement above 100%.
    let exceeded = achievement > 100%

    ## Achievement of 100% or more.
    let met = achievement >= 100%

    ## Achievement below 100%.
    let missed = achievement < 100%

    ## Planned and not there.
    let unreported =
      if has(target) and has(actual) then count(target) > 0 and count(actual) = 0
      else achievement.expected > 0 and achievement.reported = 0

    ## In a word: exceeded, met, on track, behind, no data; `on_track` is a setting of the project.
    let status =
      if unreported then "no data"
      else if exceeded then "exceeded"
      else if met then "met"
      else if achievement >= setting("on_track", 90%) then "on track"
      else if achievement is not missing then "behind"
      # Where there is nothing to divide by, the difference alone decides.
      else if gap > 0 then "exceeded"
      else if gap = 0 then "met"
      else if gap < 0 then "behind"
      else "no data"

    ## True where `sex` says woman, in English or in French.
    let is_woman = fold(text(sex)) in ["f", "femme", "femmes", "female", "woman", "women", "feminin", "fille", "filles"]

    ## True where `sex` says man.
    let is_man = fold(text(sex)) in ["m", "h", "homme", "hommes", "male", "man", "men", "masculin", "garcon", "garcons"]

    ## Women of all whose sex is known: of the persons counted in `actual` where there is one, else of the rows.
    let share_of_women =
      if has(actual)
      then unmixed(
        ratio(if is_woman then actual else if is_man then 0 * actual else missing,
          if is_woman or is_man then actual ?? 0 else missing))
      else share(if is_woman then true else if is_man then false else missing)

    ## Women for each man: of the persons counted in `actual` where there is one, else of the rows; parity is 1.
    let parity = as_number(
      if has(actual)
      then unmixed(
        ratio(if is_woman then actual else if is_man then 0 * actual else missing,
          if is_man then actual ?? 0 else if is_woman then 0 * (actual ?? 0) else missing))
      else ratio(if is_woman then 1 else if is_man then 0 else missing,
        if is_man then 1 else if is_woman then 0 else missing))
    """
}
