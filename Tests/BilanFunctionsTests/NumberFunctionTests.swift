import BilanColumnar
import BilanFunctions
import Testing

@Suite struct NumberFunctionTests {
  @Test func roundsHalvesAwayFromZero() throws {
    #expect(try call("round", .reals(2.5, -2.5, 2.4, nil)) == [.real(3), .real(-3), .real(2), .missing])
    #expect(
      try call("round", .reals(2.675, 1.005, -0.125, 0.15), 2) == [.real(2.68), .real(1.01), .real(-0.13), .real(0.15)])
    #expect(try call("round", 1234.5, -2) == [.real(1200)])
    #expect(try call("round", 1e300, 3) == [.real(1e300)])
    #expect(try call("round", 0.49999999999999994) == [.real(0)])
    #expect(try call("round", 1.5, 400) == [.real(1.5)])
    #expect(try call("round", 1.5, -400) == [.real(0)])
  }

  @Test func roundsWholeNumbersToTens() throws {
    #expect(
      try call("round", .integers(1250, -1250, 1249, nil), -2) == [
        .integer(1300), .integer(-1300), .integer(1200), .missing,
      ])
    #expect(try call("round", 7, 2) == [.integer(7)])
    #expect(try call("round", .value(.integer(.max)), -30) == [.integer(0)])
    #expect(throws: KernelError.self) { try call("round", .value(.integer(.max)), -1) }
    #expect(throws: KernelError.self) { try call("round", .value(.integer(.min)), -19) }
  }

  @Test func magnitudesAndWholeNumbers() throws {
    #expect(try call("abs", .integers(-3, 3, nil)) == [.integer(3), .integer(3), .missing])
    #expect(try call("abs", -0.5) == [.real(0.5)])
    #expect(throws: KernelError.self) { try call("abs", .value(.integer(.min))) }
    #expect(try call("floor", .reals(-2.5, 2.5, nil)) == [.integer(-3), .integer(2), .missing])
    #expect(try call("ceil", .reals(-2.5, 2.1)) == [.integer(-2), .integer(3)])
    #expect(try call("floor", 3) == [.integer(3)])
    #expect(throws: KernelError.self) { try call("ceil", 1e19) }
  }

  @Test func outsideTheDomainIsMissing() throws {
    #expect(try call("sqrt", .reals(4, -1, nil)) == [.real(2), .missing, .missing])
    #expect(try call("ln", .reals(1, 0, -1)) == [.real(0), .missing, .missing])
    #expect(try call("log10", 1000) == [.real(3)])
    #expect(try call("exp", .reals(0, 1000)) == [.real(1), .missing])
    #expect(try call("power", .reals(2, -8, 0), .reals(10, 0.5, -1)) == [.real(1024), .missing, .missing])
  }

  @Test func wholeDivisionRoundsDown() throws {
    #expect(
      try call("div", .integers(7, -7, 7, 1, nil), .integers(2, 2, -2, 0, 1)) == [
        .integer(3), .integer(-4), .integer(-4), .missing, .missing,
      ])
    #expect(
      try call("mod", .integers(7, -7, 7, 1, -6), .integers(3, 3, -3, 0, 3)) == [
        .integer(1), .integer(2), .integer(-2), .missing, .integer(0),
      ])
    #expect(throws: KernelError.self) { try call("div", .value(.integer(.min)), -1) }
    #expect(try call("mod", .value(.integer(.min)), -1) == [.integer(0)])
  }

  @Test func chooses() throws {
    #expect(
      try call("clamp", .integers(-5, 50, 500, nil), 0, 100) == [.integer(0), .integer(50), .integer(100), .missing])
    #expect(try call("clamp", .integers(5), 0.5, 2.5) == [.real(2.5)])
    #expect(try call("least", .integers(3, 1, nil), 2, .integers(5, 0, 1)) == [.integer(2), .integer(0), .missing])
    #expect(try call("greatest", 1, .integers(3, nil)) == [.integer(3), .missing])
    #expect(try call("least", .texts("b", "É"), "f") == [.text("b"), .text("É")])
    #expect(try call("greatest", .texts("b", nil, "z"), .texts("c", "x", "a")) == [.text("c"), .missing, .text("z")])
    #expect(try call("least", .dates("2019-01-01"), .date("2018-01-01")) == [.date(day("2018-01-01"))])
    #expect(try call("greatest", .periods("2019-Q1"), .period("2019-Q3")) == [.period(span("2019-Q3"))])
  }
}
