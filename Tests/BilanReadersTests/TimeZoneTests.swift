import BilanColumnar
import BilanDiagnostics
import BilanTestSupport
import Foundation
import Testing

@testable import BilanReaders

@Suite struct TimeZoneTests {
  private func second(_ year: Int, _ month: Int, _ day: Int, _ hours: Int = 0, _ minutes: Int = 0) -> Int64 {
    Int64(CalendarDate(year: year, month: month, day: day)!.days * 86_400 + hours * 3600 + minutes * 60)
  }

  private func rule(_ text: String) -> RecurringZone? { RecurringZone(Array(text.utf8)) }

  // MARK: Rules

  @Test func clocksAreChangedByRule() throws {
    let paris = try #require(rule("CET-1CEST,M3.5.0,M10.5.0/3"))
    #expect(paris.offset(at: second(2019, 3, 31, 0, 59)).seconds == 3600)
    #expect(paris.offset(at: second(2019, 3, 31, 1)).seconds == 7200)
    #expect(paris.offset(at: second(2019, 10, 27, 0, 59)).seconds == 7200)
    #expect(paris.offset(at: second(2019, 10, 27, 1)).seconds == 3600)
    // Summer goes over the new year.
    let sydney = try #require(rule("AEST-10AEDT,M10.1.0,M4.1.0/3"))
    #expect(sydney.offset(at: second(2019, 1, 1)).seconds == 39_600)
    #expect(sydney.offset(at: second(2019, 7, 1)).seconds == 36_000)
    #expect(sydney.offset(at: second(2019, 12, 31, 23)).seconds == 39_600)
    #expect(rule("<+01>-1")?.offset(at: 0).seconds == 3600)
    #expect(rule("IST-5:30")?.offset(at: 0).seconds == 19_800)
    // 1 March, also of a leap year; the 60th day of the year counted from 0.
    let julian = try #require(rule("EST5EDT,J60/0,300"))
    #expect(julian.offset(at: second(2020, 2, 29, 12)).seconds == -18_000)
    #expect(julian.offset(at: second(2020, 3, 1, 12)).seconds == -14_400)
    // Hours beyond the day: the Saturday before the last Sunday.
    let greenland = try #require(rule("<-02>2<-01>,M3.5.0/-1,M10.5.0/0"))
    #expect(greenland.offset(at: second(2024, 3, 31, 0, 59)).seconds == -7200)
    #expect(greenland.offset(at: second(2024, 3, 31, 1)).seconds == -3600)
  }

  @Test(arguments: ["", "CET", "-1", "CET-1CEST", "CET-1CEST,M3.5.0", "CET-1CEST,M13.5.0,M10.5.0", "CET-1,", "<+01-1"])
  func whatIsNoRuleIsNone(text: String) {
    #expect(rule(text) == nil)
  }

  @Test(arguments: 0..<200) func stretchesHaveOneOffset(seed: Int) throws {
    var random = SplitMix64(seed: UInt64(seed))
    let zone = try #require(
      rule(random.pick(["CET-1CEST,M3.5.0,M10.5.0/3", "AEST-10AEDT,M10.1.0,M4.1.0/3", "EST5EDT,J60/0,300"])))
    let time = Int64(random.number(-4_000_000_000...8_000_000_000))
    let (offset, stretch) = zone.offset(at: time)
    #expect(stretch.contains(time))
    for other in [stretch.lowerBound, stretch.upperBound - 1] {
      #expect(zone.offset(at: other).seconds == offset, "seed \(seed)")
    }
  }

  // MARK: Compiled zones

  /// A zone as systems keep it: offsets by the times from which they hold.
  private func compiled(_ changes: [(time: Int64, offset: Int)], first: Int, rest: String, version: UInt8 = 0x32)
    -> [UInt8]
  {
    func number(_ value: Int64, _ size: Int) -> [UInt8] {
      (0..<size).reversed().map { UInt8(truncatingIfNeeded: value >> Int64(8 * $0)) }
    }
    func block(_ size: Int, _ changes: [(time: Int64, offset: Int)]) -> [UInt8] {
      var bytes = Array("TZif".utf8) + [version] + [UInt8](repeating: 0, count: 15)
      for count in [0, 0, 0, changes.count, changes.count + 1, 4] { bytes += number(Int64(count), 4) }
      for change in changes { bytes += number(change.time, size) }
      for place in changes.indices { bytes.append(UInt8(place + 1)) }
      for offset in [first] + changes.map(\.offset) { bytes += number(Int64(offset), 4) + [0, 0] }
      return bytes + Array("ABC\0".utf8)
    }
    guard version >= 0x32 else { return block(4, changes) }
    return block(4, []) + block(8, changes) + Array("\n\(rest)\n".utf8)
  }

  @Test(arguments: [UInt8(0), 0x32]) func transitionsAreRead(version: UInt8) throws {
    let bytes = compiled([(-1000, 3600), (5000, 7200)], first: -1800, rest: "", version: version)
    let zone = try #require(ZoneRules(bytes))
    #expect(zone.offset(at: -5000).seconds == -1800)
    #expect(zone.offset(at: -1000).seconds == 3600)
    #expect(zone.offset(at: 4999).seconds == 3600)
    #expect(zone.offset(at: 4999).stretch == -1000..<5000)
    #expect(zone.offset(at: 5000).seconds == 7200)
  }

  @Test func afterTheLastTransitionTheRuleHolds() throws {
    let zone = try #require(
      ZoneRules(compiled([(second(1996, 10, 27, 1), 3600)], first: 3600, rest: "CET-1CEST,M3.5.0,M10.5.0/3")))
    #expect(zone.offset(at: second(2019, 7, 1)).seconds == 7200)
    #expect(zone.offset(at: second(1990, 7, 1)).seconds == 3600)
  }

  @Test(arguments: 0..<300) func damagedZonesAreReadOrRefused(seed: Int) {
    var random = SplitMix64(seed: UInt64(seed))
    let bytes = compiled([(-1000, 3600), (5000, 7200)], first: 0, rest: "CET-1CEST,M3.5.0,M10.5.0/3")
    guard let zone = ZoneRules(Damage.damaged(bytes, &random)) else { return }
    for time in [Int64(-20_000), 0, 4_000_000_000] { #expect(zone.offset(at: time).stretch.contains(time)) }
  }

  // MARK: Names

  @Test(
    arguments: [
      ("UTC", 0), ("utc", 0), ("Z", 0), ("+01:00", 3600), ("-05:30", -19_800), ("+0100", 3600), ("+01", 3600),
      ("+25:00", nil), ("+1", nil), ("01:00", nil), ("Europe/Paris", nil), ("", nil),
    ] as [(String, Int64?)])
  func fixedOffsets(name: String, offset: Int64?) {
    #expect(ZoneOffset.fixed(name) == offset)
  }

  @Test func namesDoNotLeaveTheirFolder() {
    for name in ["../../etc/passwd", "/etc/localtime", "", "Nowhere/Town", "a\u{0}b"] {
      #expect(!InstantZone(name).isKnown, "\(name)")
    }
  }

  /// Where the system has zones: what another library says of them.
  @Test(
    .enabled(if: InstantZone("Europe/Paris").isKnown),
    arguments: ["Europe/Paris", "America/New_York", "Asia/Kolkata", "Australia/Sydney"])
  func offsetsAreThoseOfTheSystem(name: String) throws {
    let zone = InstantZone(name)
    let other = try #require(TimeZone(identifier: name))
    var random = SplitMix64(seed: 7)
    for _ in 0..<2000 {
      let time = Int64(random.number(0...2_500_000_000))
      #expect(
        zone.offset(at: time).seconds == Int64(other.secondsFromGMT(for: Date(timeIntervalSince1970: Double(time)))),
        "\(time)")
    }
  }

  // MARK: Days

  /// Midnight in Morocco is the evening before in UTC.
  @Test func daysAreThoseOfTheZone() {
    let evening = Int64(CalendarDate(year: 2019, month: 4, day: 14)!.days * 24 + 23) * 3600
    func days(_ zone: InstantZone?) -> (Value, ColumnLosses) {
      var losses = ColumnLosses()
      let column = losses.instants([evening * 1000], unitsPerDay: 86_400_000, zone: zone, nil)
      return (column.value(0, as: .date), losses)
    }
    let (local, losses) = days(InstantZone("+01:00"))
    #expect(local == .date(CalendarDate(year: 2019, month: 4, day: 15)!))
    #expect(losses.notes(label: "t", isZoned: true, zone: InstantZone("+01:00")).isEmpty)
    let (universal, others) = days(InstantZone("Nowhere/Town"))
    #expect(universal == .date(CalendarDate(year: 2019, month: 4, day: 14)!))
    let note = others.notes(label: "t", isZoned: true, zone: InstantZone("Nowhere/Town")).first
    #expect(note?.message.english.contains("does not know the time zone `Nowhere/Town`") == true)
    // What no date can be stays as it is.
    var far = ColumnLosses()
    _ = far.instants([.max, .min], unitsPerDay: 86_400, zone: InstantZone("+01:00"), nil)
    #expect(far.farDayCount == 2)
  }
}
