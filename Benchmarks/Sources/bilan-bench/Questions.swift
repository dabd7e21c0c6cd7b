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
    case "load", "write": []
    case "direct": direct
    case "groupby": groupby
    case "join": join
    case "joinsum": joinsum
    case "misc": misc
    case "tpch": tpch
    case "domain": domain
    default: nil
    }
  }

  /// The files of a task by the name that its questions use.
  static func tables(of task: String, size: String) -> [(name: String, file: String)] {
    switch task {
    case "tpch":
      ["customer", "lineitem", "nation", "orders", "part", "partsupp", "region", "supplier"].map {
        ($0, "tpch_sf1/\($0).csv")
      }
    case "domain": [("results", "results_\(size).csv")]
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

  /// Of TPC-H the questions 1, 3, 5, 6, 9 and 18, over one gigabyte's worth of rows.
  private static let tpch = [
    Question(
      "h1",
      """
      from lineitem | where l_shipdate <= 1998-09-02
      | summarize sum_qty = sum(l_quantity), sum_base_price = sum(l_extendedprice),
          sum_disc_price = sum(l_extendedprice * (1 - l_discount)),
          sum_charge = sum(l_extendedprice * (1 - l_discount) * (1 + l_tax)), avg_qty = mean(l_quantity),
          avg_price = mean(l_extendedprice), avg_disc = mean(l_discount), count_order = count
        by l_returnflag, l_linestatus
      """, checks: "sum_charge", "count_order"),
    Question(
      "h3",
      """
      from lineitem | where l_shipdate > 1995-03-15
      | join inner orders on lineitem.l_orderkey = orders.o_orderkey
      | where o_orderdate < 1995-03-15
      | join inner customer on o_custkey = customer.c_custkey
      | where c_mktsegment = "BUILDING"
      | summarize revenue = sum(l_extendedprice * (1 - l_discount)) by l_orderkey, o_orderdate, o_shippriority
      | sort revenue desc, o_orderdate | take 10
      """, checks: "revenue"),
    Question(
      "h5",
      """
      from lineitem
      | join inner orders on lineitem.l_orderkey = orders.o_orderkey
      | where o_orderdate >= 1994-01-01 and o_orderdate < 1995-01-01
      | join inner customer on o_custkey = customer.c_custkey
      | join inner supplier on l_suppkey = supplier.s_suppkey
      | where c_nationkey = s_nationkey
      | join inner nation on s_nationkey = nation.n_nationkey
      | join inner region on n_regionkey = region.r_regionkey
      | where r_name = "ASIA"
      | summarize revenue = sum(l_extendedprice * (1 - l_discount)) by n_name
      | sort revenue desc
      """, checks: "revenue"),
    Question(
      "h6",
      """
      from lineitem
      | where l_shipdate >= 1994-01-01 and l_shipdate < 1995-01-01 and l_discount >= 0.05 and l_discount <= 0.07
          and l_quantity < 24
      | summarize revenue = sum(l_extendedprice * l_discount)
      """, checks: "revenue"),
    Question(
      "h9",
      """
      from lineitem
      | join inner part on lineitem.l_partkey = part.p_partkey
      | where p_name ~ "green"
      | join inner supplier on l_suppkey = supplier.s_suppkey
      | join inner partsupp on l_suppkey = partsupp.ps_suppkey, l_partkey = partsupp.ps_partkey
      | join inner orders on l_orderkey = orders.o_orderkey
      | join inner nation on s_nationkey = nation.n_nationkey
      | summarize sum_profit = sum(l_extendedprice * (1 - l_discount) - ps_supplycost * l_quantity)
        by n_name, o_year = year(o_orderdate)
      | sort n_name, o_year desc
      """, checks: "sum_profit"),
    Question(
      "h18",
      """
      from lineitem
      | where l_orderkey in (from lineitem | summarize q = sum(l_quantity) by l_orderkey | where q > 300 | keep l_orderkey)
      | join inner orders on lineitem.l_orderkey = orders.o_orderkey
      | join inner customer on o_custkey = customer.c_custkey
      | summarize qty = sum(l_quantity) by c_name, o_custkey, l_orderkey, o_orderdate, o_totalprice
      | sort o_totalprice desc, o_orderdate | take 100
      """, checks: "o_totalprice", "qty"),
  ]

  /// What Bilan is for, on results made by `domain.py`.
  private static let domain = [
    Question(
      "d1",
      """
      from results
      | summarize achievement, reported = achievement.reported, expected = achievement.expected
        by programme, indicator, region, sex
      """, checks: "achievement", "reported", "expected"),
    Question("d2", "from results | summarize achievement by indicator across region with totals", checks: "total"),
    Question(
      "d3",
      """
      from results
      | summarize actual = sum(actual) by indicator, period
      | add change = actual - previous(actual) per indicator sort period
      """, checks: "actual", "change"),
    Question(
      "d4", "from results | summarize achievement by region, indicator | top 3 by achievement per region",
      checks: "achievement"),
    Question(
      "d5",
      """
      from results
      | summarize achievement by programme, indicator, region, sex
      | summarize n = count by status = if achievement > 110% then "exceeded" else if achievement >= 90% then "met" else if achievement is missing then "no data" else "behind"
      """, checks: "n"),
  ]
}
