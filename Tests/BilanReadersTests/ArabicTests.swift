import BilanColumnar
import BilanDiagnostics
import Testing

@testable import BilanReaders

/// Values that are written in Arabic.
@Suite struct ArabicTests {
  private func read(_ label: String, _ cells: [String]) throws -> (type: DataType, values: [Value], unit: String?) {
    let table = try open("k\t\(label)\tv\n" + cells.map { "a\t\($0)\t1\n" }.joined())
    return (table.schema[1].type, try columns(table)[1], table.schema[1].unit)
  }

  @Test func digitsOfArabic() throws {
    #expect(try read("x", ["١٢٣", "-٤٥", "٧"]).values == [.integer(123), .integer(-45), .integer(7)])
    #expect(try read("x", ["١٬٢٠٠٫٥", "٤٥٫٢٥"]).values == [.real(1200.5), .real(45.25)])
    #expect(try read("x", ["٥٠٪", "٢٫٥٪"]).values == [.real(0.5), .real(0.025)])
    #expect(try read("x", ["٪٥٠", "٪٢٫٥"]).values == [.real(0.5), .real(0.025)])
    #expect(
      try read("x", ["شهر يناير 2019", "شهر غشت 2019"]).values
        == [.month(2019, 1), .month(2019, 8)].map { .period($0) })
    #expect(try read("x", ["۱۲", "\u{200F}15"]).values == [.integer(12), .integer(15)])
    #expect(try read("x", ["١٢/٠٣/٢٠١٩", "١٣/٠٣/٢٠١٩"]).values == [day(2019, 3, 12), day(2019, 3, 13)])
    #expect(try read("x", ["١٢٠٠ درهم", "300 درهم"]).values == [.integer(1200), .integer(300)])
    #expect(try read("x", ["المنطقة ١", "المنطقة ٢"]).values == [.text("المنطقة ١"), .text("المنطقة ٢")])
    #expect(try read("x", ["\u{200E}\u{200E}", "\u{200F} \u{200F}"]).type == .text)
    #expect(try read("x", ["٠٠١", "٠٠٢"]).values == [.text("٠٠١"), .text("٠٠٢")])
    try expectSameInBlocks("k;x\n" + (1..<100).map { "X\($0);\($0)\n" }.joined() + "Y;١٢\n")
  }

  @Test func wordsOfArabic() throws {
    #expect(try read("x", ["نعم", "لا", "نعم"]).values == [.boolean(true), .boolean(false), .boolean(true)])
    let amounts = try read("x", ["1 200,50 درهم", "300 د.م.", "درهم 7"])
    #expect(amounts.values == [.real(1200.5), .real(300), .real(7)])
    #expect(amounts.unit == "MAD")
    #expect(
      try read("x", ["يناير 2019", "غشت 2019", "كانون الثاني 2020"]).values
        == [.month(2019, 1), .month(2019, 8), .month(2020, 1)].map { .period($0) })
    #expect(try read("x", ["12 يناير 2019", "١٣ مارس ٢٠١٩"]).values == [day(2019, 1, 12), day(2019, 3, 13)])
    #expect(try read("x", ["12", "غير متوفر"]).values == [.integer(12), .missing])
    #expect(try read("x", ["يناير", "مارسيليا 2019"]).type == .text)
  }
}
