import Bilan
import Foundation
import Testing

/// The ways that only large tables take: each gives what a way that small tables take gives, for any number of workers.
@Suite struct LargeTableTests {
  /// 150,000 rows: a key of many values, texts of few and of many, decimals with gaps.
  private static let file: String = {
    var state: UInt64 = 42
    func next(_ bound: Int) -> Int {
      state = state &* 6_364_136_223_846_793_005 &+ 1_442_695_040_888_963_407
      return Int(state >> 33) % bound
    }
    var text = "id,few,many,amount,count\n"
    for _ in 0..<150_000 {
      let few = next(50) == 0 ? "" : "Région \(next(30))"
      let amount = next(20) == 0 ? "" : "\(next(2000) - 500).\(next(10))\(1 + next(9))"
      text += "\(next(60_000)),\(few),\"name \(next(40_000))\",\(amount),\(next(300))\n"
    }
    let path = FileManager.default.temporaryDirectory.appending(path: "bilan-large-\(UUID().uuidString).csv").path
    try? text.write(toFile: path, atomically: true, encoding: .utf8)
    return path
  }()

  /// One for all, so that the file is read once.
  private static let catalog = Result { try Catalog(["t=" + file]) }

  private func run(_ query: String, workers: Int) throws -> [[String]] {
    let session = Session(catalog: try Self.catalog.get(), options: SessionOptions(workers: workers))
    return try session.run(query)[0].columns.map { $0.descriptions.map { $0 ?? "missing" } }
  }

  /// Each query beside one that gives the same by another way.
  static let pairs: [(String, String)] = [
    // Sorted by packed words; behind a filter by a hash table.
    (
      "from t | summarize s = sum(amount), n = count, m = max(count), d = median(amount) by id, few, many",
      "from t | where count >= 0 | summarize s = sum(amount), n = count, m = max(count), d = median(amount) by id, few, many"
    ),
    // Rows that stand in the order of their keys; rows that only begin so, with few groups and with many.
    (
      "from t | sort id, count | summarize s = sum(amount), n = count, d = median(amount), m = max(many) by id",
      "from t | where count >= 0 | summarize s = sum(amount), n = count, d = median(amount), m = max(many) by id"
    ),
    (
      "from t | sort few, id, many | summarize s = sum(amount where count > 9), c = count_distinct(count) by few, id, many",
      "from t | where count >= 0 | summarize s = sum(amount where count > 9), c = count_distinct(count) by few, id, many"
    ),
    (
      "from (from t | sort id) | append t | summarize s = sum(amount), n = count by id",
      "from t | append t | where count >= 0 | summarize s = sum(amount), n = count by id"
    ),
    (
      "from (from t | sort id, many) | append t | summarize s = sum(amount), n = count by id, many",
      "from t | append t | where count >= 0 | summarize s = sum(amount), n = count by id, many"
    ),
    // Slots of their own; a key that has none sends all keys to a hash table.
    (
      "from t | summarize s = sum(amount), v = variance(amount), c = correlation(amount, count), u = count_distinct(many) by few",
      "from t | add key = amount * 0 ?? 0 | summarize s = sum(amount), v = variance(amount), c = correlation(amount, count), u = count_distinct(many) by few, key | drop key"
    ),
    // Leading rows while they stream by; all rows sorted.
    (
      "from t | keep few, amount, id | top 3 by amount per few",
      "from t | keep few, amount, id | where amount is not missing | add r = rank() per few sort amount desc | where r <= 3 | sort few, amount desc | keep few, amount, id"
    ),
    ("from t | sort amount desc, id, count | take 20", "from t | sort amount desc, id, count | take 500 | take 20"),
    // Sorted by words of all keys; key by key.
    ("from t | sort many, amount desc, id, count", "from t | sort count | sort id | sort amount desc | sort many"),
    // Windows over packed words; over groups that a hash table numbers.
    (
      "from t | add n = row(), total = running(sum(count)) per few sort id | keep id, n, total",
      "from t | add k = amount * 0 ?? 0 | add n = row(), total = running(sum(count)) per few, k sort id | keep id, n, total"
    ),
    // Sums added up term by term; row by row.
    (
      "from t | where amount is not missing | summarize s = sum(count * 3 + amount + id * 0.125), a = mean(amount + count)",
      "from t | where amount is not missing | add k = count * 0 | summarize s = sum(count * 3 + amount + id * 0.125), a = mean(amount + count) by k | drop k"
    ),
    (
      "from t | summarize s = sum(amount + count)",
      "from t | add k = 1 | summarize s = sum(amount + count) by k | drop k"
    ),
    // Right rows as groups; the rows of the join. Keys of the right side, sums of both, with and without unmatched rows
    // and missing values.
    (
      "from t | join inner (from t | summarize w = sum(count), x = max(count) by few | where w > 700000) on few | summarize n = count, s = sum(amount), a = mean(count), w = sum(w), m = min(count), x = mean(x)",
      "from t | join inner (from t | summarize w = sum(count), x = max(count) by few | where w > 700000) on few | add k = 1 | summarize n = count, s = sum(amount), a = mean(count), w = sum(w), m = min(count), x = mean(x) by k | drop k"
    ),
    (
      "from t | where id > 9 | join left (from t | where count > 40 | take 400 | summarize x = first(id), g = first(few) by count) on count | summarize n = count, s = sum(id), x = sum(x), a = mean(x), c = count(x) by g with totals",
      "from t | where id > 9 | join left (from t | where count > 40 | take 400 | summarize x = first(id), g = first(few) by count) on count | add k = id * 0 | summarize n = count, s = sum(id), x = sum(x), a = mean(x), c = count(x) by g, k with totals | drop k"
    ),
    (
      "from t | join inner (from t | where count > 40 | take 400 | summarize x = first(amount), g = first(few) by count) on count | summarize s = sum(amount), a = mean(amount * 2), m = max(amount) by g",
      "from t | join inner (from t | where count > 40 | take 400 | summarize x = first(amount), g = first(few) by count) on count | add k = id * 0 | summarize s = sum(amount), a = mean(amount * 2), m = max(amount) by g, k | drop k"
    ),
    // Decimals of several digits one below the other.
    (
      "from t | keep x = amount | append (from t | keep x = count / 2) | append (from t | keep x = amount * 0.001) | summarize sum(x), mean(x)",
      "from t | keep x = amount * 0.001 | append (from t | keep x = amount) | append (from t | keep x = count / 2) | summarize sum(x), mean(x)"
    ),
    // A text looked up by sorted hashes; by a hash table of two keys.
    (
      "from t | join inner (from t | summarize c = count by many | where c > 3) on many | summarize count, sum(c)",
      "from t | add k = 1 | join inner (from t | summarize c = count by many | where c > 3 | add k = 1) on many, k | summarize count, sum(c)"
    ),
    // Conditions on right columns tried on the right rows; on the rows of the answer. One key, two, several rows a key.
    (
      "from t | join inner (from t | summarize c = count, m = max(amount) by many) on many | where c > 3 and m > count | summarize n = count, s = sum(c), i = sum(id)",
      "from t | join inner (from t | summarize c = count, m = max(amount) by many) on many | add k = if c > 3 then m > count else false | summarize n = sum(if k then 1 else 0), s = sum(c where k), i = sum(id where k)"
    ),
    (
      "from t | join inner (from t | summarize c = count by id, few) on id, few | where c = 1 | summarize n = count, s = sum(id)",
      "from t | join inner (from t | summarize c = count by id, few) on id, few | add k = if c = 1 then 1 else 0 | summarize n = sum(k), s = sum(id where k = 1)"
    ),
    (
      "from t | take 20000 | join inner many (from t | keep id, other = amount) on id | where other >= 0 and other < 9.5 | summarize n = count, s = sum(other)",
      "from t | take 20000 | join inner many (from t | keep id, other = amount) on id | add k = if other >= 0 then (if other < 9.5 then 1 else 0) else 0 | summarize n = sum(k), s = sum(other where k = 1)"
    ),
    // Bounds of a column together; one by one.
    (
      "from t | where count >= 7 and amount > 3.5 and count < 20 and amount <= 90.75 and id > 10 and id > 100 | summarize n = count, s = sum(amount), i = sum(id)",
      "from t | add a = if count >= 7 then 1 else 0 | add b = if amount > 3.5 then a else 0 | add c = if count < 20 then b else 0 | add d = if amount <= 90.75 then c else 0 | add e = if id > 100 then d else 0 | summarize n = sum(e), s = sum(amount where e = 1), i = sum(id where e = 1)"
    ),
    (
      "from t | where count > 7 and count < 7 | summarize n = count",
      "from t | where count > 7 | where count < 7 | summarize n = count"
    ),
    // Numbers of a set by their bits; by a hash table of texts.
    (
      "from t | where id in (from t | where few = \"Région 3\" | keep id) | summarize n = count, s = sum(id)",
      "from t | add k = text(id) | where k in (from t | where few = \"Région 3\" | add k = text(id) | keep k) | summarize n = count, s = sum(id)"
    ),
    // Conditions on the rows that others left; one after the other.
    (
      "from t | where count = 7 and few ~ \"gion 1\" and amount > 3 | summarize count, sum(id)",
      "from t | add x = if count = 7 then 1 else 0 | add y = if few ~ \"gion 1\" then x else 0 | add z = if amount > 3 then y else 0 | summarize count = sum(z), s = sum(id where z = 1)"
    ),
    ("from t | summarize count by k = floor(amount)", "from t | summarize count by k = -ceil(-amount)"),
  ]

  @Test(arguments: pairs.indices) func givesWhatTheOtherWayGives(_ index: Int) throws {
    let (query, other) = Self.pairs[index]
    let expected = try run(other, workers: 1)
    #expect(!(expected.first ?? []).isEmpty)
    for workers in [1, 3] {
      let found = try run(query, workers: workers)
      #expect(found == expected, "\(query), \(workers) workers")
    }
  }
}
