/// A stream of random numbers that is the same on every machine and in every release.
///
/// Each table draws from streams of its own, named after what they decide, so that a new table or column leaves the
/// others byte for byte as they were. Only integer arithmetic is used: no library's `log` or `sin` can change a digit.
///
/// The generator is SplitMix64 (Steele, Lea, Flood, *Fast Splittable Pseudorandom Number Generators*, OOPSLA 2014).
package struct Random {
  private var state: UInt64

  /// The stream called `name`; its seed is the name's 64-bit FNV-1a hash.
  package init(stream name: String) {
    var hash: UInt64 = 0xcbf2_9ce4_8422_2325
    for byte in name.utf8 {
      hash = (hash ^ UInt64(byte)) &* 0x0000_0100_0000_01b3
    }
    self.init(seed: hash)
  }

  package init(seed: UInt64) {
    state = seed
  }

  package mutating func next() -> UInt64 {
    state &+= 0x9e37_79b9_7f4a_7c15
    var z = state
    z = (z ^ (z >> 30)) &* 0xbf58_476d_1ce4_e5b9
    z = (z ^ (z >> 27)) &* 0x94d0_49bb_1331_11eb
    return z ^ (z >> 31)
  }

  /// A whole number of `range`, each as likely as the others (to within 2⁻⁵⁰ for the ranges used here).
  package mutating func int(_ range: ClosedRange<Int>) -> Int {
    let width = UInt64(range.upperBound - range.lowerBound + 1)
    return range.lowerBound + Int(next() % width)
  }

  /// True `thousandths` times in a thousand.
  package mutating func chance(_ thousandths: Int) -> Bool {
    int(0...999) < thousandths
  }

  /// One of the choices, as often as its weight says.
  package mutating func pick<Choice>(_ choices: [(Choice, weight: Int)]) -> Choice {
    var left = int(0...(choices.reduce(0) { $0 + $1.weight } - 1))
    for (choice, weight) in choices {
      if left < weight { return choice }
      left -= weight
    }
    preconditionFailure("the weights add up to less than their sum")
  }

  package mutating func pick<Choice>(_ choices: [Choice]) -> Choice {
    choices[int(0...(choices.count - 1))]
  }

  /// A bell-shaped whole number: the sum of twelve uniform draws, which is normal enough for data that is invented.
  package mutating func bell(mean: Int, deviation: Int) -> Int {
    var sum = 0
    for _ in 0..<12 { sum += int(0...9_999) }
    return mean + (sum - 59_994) * deviation / 10_000
  }
}

/// Shares `total` out in whole numbers in proportion to `weights`, the largest remainders first, so that the parts add
/// up to exactly `total`.
///
/// - Precondition: no weight is negative, and one at least is positive unless `total` is 0.
package func share(_ total: Int, by weights: [Int]) -> [Int] {
  let sum = weights.reduce(0, +)
  precondition(sum > 0 || total == 0, "nobody to share \(total) between")
  guard sum > 0 else { return weights }
  var parts = weights.map { total * $0 / sum }
  let left = total - parts.reduce(0, +)
  let neediest = weights.indices.sorted { a, b in
    let (first, second) = (total * weights[a] % sum, total * weights[b] % sum)
    return first == second ? a < b : first > second
  }
  for index in neediest.prefix(left) { parts[index] += 1 }
  return parts
}
