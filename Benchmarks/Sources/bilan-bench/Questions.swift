/// A question of the benchmark, in Bilan, and the columns whose sums tell whether the answer is right.
struct Question {
  var name: String
  var query: String
  var checks: [String]

  init(_ name: String, _ query: String, checks: String...) {
    self.name = name
    self.query = query
    self.checks = checks
  }
}

/// The grouping and joining questions of db-benchmark, and others on the same files.
enum Questions {
  static func of(_ task: String) -> [Question]? {
    switch task {
    case "load": []
    case "direct": direct
    case "groupby": groupby
    case "join": join
    case "joinsum": joinsum
    case "misc": misc
    default: nil
    }
  }

  /// The files of a task by the name that its questions use.
  static func tables(of task: String, size: String) -> [(name: String, file: String)] {
    switch task {
    case "join", "joinsum": ["x", "small", "medium", "big"].map { ($0, "J1_\(size)_\($0).csv") }
    default: [("x", "G1_\(size)_1e2_0_0.csv")]
    }
  }

  private static let direct = [Question("direct", "from x | summarize v1 = sum(v1) by id1", checks: "v1")]

  private static let groupby = [
    Question("q1", "from x | summarize v1 = sum(v1) by id1", checks: "v1"),
    Question("q2", "from x | summarize v1 = sum(v1) by id1, id2", checks: "v1"),
    Question("q3", "from x | summarize v1 = sum(v1), v3 = mean(v3) by id3", checks: "v1", "v3"),
    Question("q4", "from x | summarize v1 = mean(v1), v2 = mean(v2), v3 = mean(v3) by id4", checks: "v1", "v2", "v3"),
    Question("q5", "from x | summarize v1 = sum(v1), v2 = sum(v2), v3 = sum(v3) by id6", checks: "v1", "v2", "v3"),
    Question("q6", "from x | summarize m = median(v3), s = stddev(v3) by id4, id5", checks: "m", "s"),
    Question("q7", "from x | summarize r = max(v1) - min(v2) by id3", checks: "r"),
    Question("q8", "from x | keep id6, v3 | top 2 by v3 per id6", checks: "v3"),
    Question("q9", "from x | summarize r2 = power(correlation(v1, v2), 2) by id2, id4", checks: "r2"),
    Question(
      "q10", "from x | summarize v3 = sum(v3), n = count by id1, id2, id3, id4, id5, id6", checks: "v3", "n"),
  ]

  private static let join = [
    Question("j1", "from x | join inner small on id1", checks: "v1", "v2"),
    Question("j2", "from x | join inner medium on id2", checks: "v1", "v2"),
    Question("j3", "from x | join left medium on id2", checks: "v1", "v2"),
    Question("j4", "from x | join inner medium on id5", checks: "v1", "v2"),
    Question("j5", "from x | join inner big on id3", checks: "v1", "v2"),
  ]

  private static let joinsum = [
    ("k1", "inner small on id1"), ("k2", "inner medium on id2"), ("k3", "left medium on id2"),
    ("k4", "inner medium on id5"), ("k5", "inner big on id3"), ("k6", "inner big on id6"),
  ].map { name, join in
    Question(
      name, "from x | join \(join) | summarize n = count, v1 = sum(v1), v2 = sum(v2)", checks: "n", "v1", "v2")
  }

  private static let misc = [
    Question("m1", "from x | summarize s = sum(v1 * v2 + v3)", checks: "s"),
    Question("m2", "from x | where v3 > 99 and id4 = 7 | summarize n = count, s = sum(v1)", checks: "n", "s"),
    Question("m3", "from x | where id1 = \"id016\" and v1 = 5", checks: "v2", "v3"),
    Question("m4", "from x | sort v3 desc, id6 | take 10 | keep id3, id6, v3", checks: "v3", "id6"),
    Question("m5", "from x | keep id3, v3 | sort id3, v3", checks: "v3"),
    Question("m6", "from x | summarize a = count_distinct(id6), b = count_distinct(id3)", checks: "a", "b"),
    Question("m7", "from x | where id3 ~ \"99\" | summarize n = count", checks: "n"),
    Question("m8", "from x | summarize n = count, a = mean(v1) by k = floor(v3)", checks: "n", "a"),
    Question("m9", "from x | add n = row() per id6 sort v3 | keep id6, v3, n", checks: "v3", "n"),
  ]
}
