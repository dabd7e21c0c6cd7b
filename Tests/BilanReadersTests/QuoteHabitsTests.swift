import BilanColumnar
import BilanDiagnostics
import Testing

@testable import BilanReaders

/// Quotes as some programs write them.
@Suite struct QuoteHabitsTests {
  @Test func blanksBeforeQuotes() throws {
    let table = try open("nom, lieu, montant\n\"Amal\", \"Fes, Maroc\", 1500\n\"Nour\", \"Oujda\", 2500\n")
    #expect(try column(table, "lieu") == [.text("Fes, Maroc"), .text("Oujda")])
    #expect(try column(table, "montant") == [.integer(1500), .integer(2500)])
    #expect(codes(table) == [.strayQuote])
    // Quotes that enclose no cell are part of a text.
    for text in ["a, b\n1, \"x\" y\n2, \"u, v\n", "a;b\n1; \"x\"\n2; \"y\"\n"] {
      #expect(QuoteHabits.undone(Array(text.utf8), from: 0) == nil, "\(text)")
    }
  }

  @Test func backslashesBeforeQuotes() throws {
    let table = try open("id,dit,n\n1,\"Il a dit \\\"oui, merci\\\" hier\",5\n2,\"rien\",6\n3,\"\\\"non\\\"\",7\n")
    #expect(try column(table, "dit") == ["Il a dit \"oui, merci\" hier", "rien", "\"non\""].map { .text($0) })
    #expect(try column(table, "n") == [5, 6, 7].map { .integer($0) })
    #expect(codes(table) == [.strayQuote])
    // Paths, and quotes that are doubled.
    for text in ["a,b\n\"C:\\dir\\\",1\n", "a,b\n\"x \"\"y\"\" \\\"z\",1\n", "a,b\nx\\\"y,1\n"] {
      #expect(QuoteHabits.undone(Array(text.utf8), from: 0)?.habit != .backslash, "\(text)")
    }
  }
}
