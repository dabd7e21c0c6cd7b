/// Files of delimited text as people leave them, from a seed.
package enum RandomDelimitedText {
  /// Columns of every kind, tidy and less so; cells of one line mostly, rows mostly whole.
  package static func make(_ random: inout SplitMix64) -> String {
    func digits(_ range: ClosedRange<Int>, _ random: inout SplitMix64) -> String {
      let text = (0..<Int.random(in: range, using: &random)).map { _ in
        String(Int.random(in: 0...9, using: &random))
      }.joined()
      return text
    }
    let texts = ["Rabat", "Salé", "Béni Mellal-Khénifra", "a rather long text of a name", "x", "NA", "n/d", "Fès "]
    typealias Cell = (inout SplitMix64) -> String
    let makers: [Cell] = [
      { "\(Int.random(in: 0...300, using: &$0))" },
      { "\(Int.random(in: -5_000_000_000...5_000_000_000, using: &$0))" },
      { digits(1...17, &$0) },
      { "\(Int.random(in: 1...99, using: &$0)).\(digits(1...6, &$0))" },
      { "\(Int.random(in: 0...9999, using: &$0)),\(digits(0...3, &$0))" },
      { "-\(Int.random(in: 0...99, using: &$0)).\(digits(2...2, &$0))" },
      { "\(Int.random(in: 1...28, using: &$0))/0\(Int.random(in: 1...9, using: &$0))/2019" },
      { "2019-0\(Int.random(in: 1...9, using: &$0))-1\(Int.random(in: 0...9, using: &$0))" },
      { "\(Int.random(in: 1...12, using: &$0))/\(Int.random(in: 1...12, using: &$0))/2019" },
      { "\(Int.random(in: 2015...2021, using: &$0))" },
      { "2019-Q\(Int.random(in: 1...4, using: &$0))" },
      { ["oui", "non"].randomElement(using: &$0)! },
      { "\(Int.random(in: 0...100, using: &$0)) %" },
      { "\(Int.random(in: 1...9, using: &$0)) \(Int.random(in: 100...999, using: &$0)),5" },
      { texts.randomElement(using: &$0)! },
      { digits(5...5, &$0) },
      { ["1.500", "2.250", "300"].randomElement(using: &$0)! },
      { "\"\(texts.randomElement(using: &$0)!)\"" },
      { "\"say \"\"\(Int.random(in: 0...9, using: &$0))\"\"; so\"" },
      { ["", " 12 ", "0", "-0", "1e3", "5."].randomElement(using: &$0)! },
      { "\(Int.random(in: 1...2000, using: &$0)) \(["DH", "DH", "dhs", "€"].randomElement(using: &$0)!)" },
      { "€ \(Int.random(in: 1...9, using: &$0)).\(Int.random(in: 100...999, using: &$0))" },
      { ["(1 200,5)", "(300)", "45-", "(7)", "12"].randomElement(using: &$0)! },
      { "\(Int.random(in: 1...28, using: &$0)) \(["mars", "janv.", "August"].randomElement(using: &$0)!) 2019" },
      { "\(["mars", "janv.", "Aug"].randomElement(using: &$0)!)-\(Int.random(in: 10...20, using: &$0))" },
      { "\(Int.random(in: 1...4, using: &$0))e trimestre 2019" },
      { Bool.random(using: &$0) ? "2018/2019" : "2019-2020" },
      { Bool.random(using: &$0) ? "O" : "n" },
    ]
    let width = Int.random(in: 2...7, using: &random)
    let columns = (0..<width).map { _ in makers.randomElement(using: &random)! }
    let lineEnd = Int.random(in: 0...3, using: &random) == 0 ? "\r\n" : "\n"
    var text = Int.random(in: 0...9, using: &random) == 0 ? "\u{FEFF}" : ""
    if Int.random(in: 0...9, using: &random) > 0 {
      text += (0..<width).map { "c\($0)" }.joined(separator: ";") + lineEnd
    }
    let mess = Int.random(in: 0...60, using: &random)
    // Quoted: everything, now and then a cell, or nothing; as exports do it.
    let share = [1, 3, 20, 0, 0].randomElement(using: &random)!
    let inner = ["", "", "\"\"", "; ", " ", "\n"].randomElement(using: &random)!
    if mess == 10 { text += (0..<width).map { $0 % 2 == 0 ? "" : "g\($0)" }.joined(separator: ";") + lineEnd }
    let rowCount = Int.random(in: 0...120, using: &random)
    for row in 0..<rowCount {
      var cells = columns.map { maker -> String in
        switch Int.random(in: 0...30, using: &random) {
        case 0: ""
        case 1: ["n/d", "-", "NA", "?"].randomElement(using: &random)!
        default: maker(&random)
        }
      }
      if mess < 7, Int.random(in: 0...40, using: &random) == 0 {
        switch mess {
        case 0: cells.removeLast()
        case 1: cells.append("too much")
        case 2: cells[0] = "stray \" quote"
        case 3: cells[0] = "\"two\nlines\""
        case 4: cells = [""]
        case 5: cells[0] = ["Total", "TOTAL Rabat", "sous-total"].randomElement(using: &random)!
        default: cells[0] = "e\u{301}"
        }
      }
      for place in cells.indices where share > 0 && !cells[place].contains("\"") {
        guard Int.random(in: 1...share, using: &random) == 1 else { continue }
        let isPlain = Int.random(in: 0...30, using: &random) > 0
        cells[place] = "\"\(cells[place])\(isPlain ? "" : inner)\""
      }
      text += cells.joined(separator: ";")
      // The last line may lack its end.
      if row + 1 < rowCount || Bool.random(using: &random) { text += lineEnd }
    }
    return text
  }
}
