import Testing

@testable import BilanReaders

@Suite struct CodeListTests {
  /// Codes are found by their place, among those of the same size and with the same first byte.
  @Test(arguments: [false, true]) func findsCodes(ignoringCase: Bool) {
    let codes = ["n/d", "", "ND", "é", "nd", "-99", "n/d", "…"]
    let list = CodeList(codes, ignoringCase: ignoringCase)
    func fold(_ text: String) -> [UInt8] {
      text.utf8.map { ignoringCase && (0x41...0x5A).contains($0) ? $0 | 0x20 : $0 }
    }
    for cell in ["n/d", "N/D", "nd", "Nd", "ND", "É", "é", "-99", "99", "…", "....", "n", ""] {
      let bytes = Array(cell.utf8)
      let place = cell.isEmpty ? nil : codes.firstIndex { fold($0) == fold(cell) }
      #expect(list.index(bytes.span, 0, bytes.count) == place, "\(cell)")
    }
    #expect(list.hasNumbers)
    #expect(!CodeList(["ND", "—"]).hasNumbers)
  }
}
