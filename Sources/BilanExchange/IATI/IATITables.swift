/// The tables of an IATI file: what their columns are, and the rows that a record has in them.
enum IATITables: String, CaseIterable {
  case activities, results, transactions, budgets, sectors, locations, organisations
  case participatingOrganisations = "participating_orgs"

  /// Those that a file of activities has, and those of a file of organisations; the first is the one that is meant.
  static let ofActivities: [IATITables] = [
    .activities, .results, .transactions, .budgets, .sectors, .locations, .participatingOrganisations,
  ]
  static let ofOrganisations: [IATITables] = [.organisations, .budgets]

  /// The columns that say which record a row is of.
  private static let keys: [IATITable.Column] = [.init("iati_identifier")]

  private static func codes(_ names: String...) -> [IATITable.Column] { names.map { .init($0) } }

  private static let span: [IATITable.Column] = [
    .init("period", .period), .init("period_start", .date), .init("period_end", .date),
  ]

  private static func figure(_ name: String) -> [IATITable.Column] { [.init(name, .number), .init(name + "_text")] }

  /// A number, and what is written where that is not the same.
  private static func number(_ name: String) -> [IATITable.Column] {
    [.init(name, .number), .init(name + "_text", isSpare: true)]
  }

  private static let amount: [IATITable.Column] =
    figure("value") + [.init("currency"), .init("value_date", .date)]

  var columns: [IATITable.Column] {
    switch self {
    case .activities:
      Self.keys + Self.codes("title", "description", "reporting_org_ref", "reporting_org", "status")
        + [
          .init("planned_start", .date), .init("actual_start", .date), .init("planned_end", .date),
          .init("actual_end", .date),
        ]
        + Self.codes("recipient_country_code", "recipient_country", "recipient_region_code", "recipient_region")
        + [.init("default_currency"), .init("language")] + Self.number("gender_marker")
        + [.init("humanitarian", .boolean)]
        + [
          .init("hierarchy"), .init("results", .number), .init("indicators", .number), .init("transactions", .number),
          .init("last_updated", .date),
        ]
    case .results:
      Self.keys + Self.codes("activity", "reporting_org_ref", "reporting_org", "level", "result", "indicator")
        + Self.codes("indicator_code", "indicator_vocabulary", "measure", "unit", "direction")
        + [.init("ascending", .boolean), .init("aggregation_status", .boolean)]
        + Self.codes("dimension", "sex", "location", "location_name") + Self.span
        + Self.figure("baseline") + Self.number("baseline_year") + [.init("baseline_date", .date)]
        + Self.figure("target") + Self.figure("actual") + Self.codes("comment")
        + [.init("target_comment", isSpare: true), .init("baseline_comment", isSpare: true)]
        + [.init("result_number", .number), .init("indicator_number", .number), .init("period_number", .number)]
    case .transactions:
      Self.keys + Self.codes("reporting_org_ref", "transaction_type", "kind") + [.init("date", .date)] + Self.amount
        + Self.codes(
          "description", "provider_org_ref", "provider_org", "receiver_org_ref", "receiver_org", "sector_code",
          "recipient_country_code", "recipient_region_code", "flow_type", "finance_type", "aid_type", "tied_status",
          "disbursement_channel", "ref") + [.init("humanitarian", .boolean)]
    case .budgets:
      Self.keys + Self.codes("reporting_org_ref", "kind", "type", "status") + Self.span + Self.amount
        + Self.codes("recipient_code", "recipient", "provider_org", "receiver_org")
    case .sectors: Self.keys + Self.codes("vocabulary", "code", "sector") + Self.number("percentage")
    case .locations:
      Self.keys + Self.codes("ref", "name", "description")
        + [.init("latitude", .number), .init("longitude", .number), .init("position_text", isSpare: true)]
        + Self.codes(
          "administrative", "location_id", "location_id_vocabulary", "reach", "class", "feature", "exactness")
    case .participatingOrganisations: Self.keys + Self.codes("ref", "name", "role", "type", "activity_id")
    case .organisations:
      Self.keys + Self.codes("name", "reporting_org_ref", "reporting_org", "default_currency", "language")
        + [.init("last_updated", .date)]
    }
  }

  /// The table in which an element of a record is a row, or several; nil for what is in none.
  init?(rowsOf element: String) {
    switch element {
    case "result": self = .results
    case "transaction": self = .transactions
    case "sector": self = .sectors
    case "location": self = .locations
    case "participating-org": self = .participatingOrganisations
    default:
      guard Self.budgetKinds[element] != nil else { return nil }
      self = .budgets
    }
  }

  /// Adds the rows of a record.
  func add(_ record: IATIRecord, to table: IATITable) {
    switch self {
    case .activities: Self.addActivity(record, to: table)
    case .results: IATIResults(record, table).add()
    case .transactions: Self.addTransactions(record, to: table)
    case .budgets: Self.addBudgets(record, to: table)
    case .sectors: Self.addSectors(record, to: table)
    case .locations: Self.addLocations(record, to: table)
    case .organisations: Self.addOrganisation(record, to: table)
    case .participatingOrganisations: Self.addParticipants(record, to: table)
    }
  }

  // MARK: One row for each record

  private static func addActivity(_ record: IATIRecord, to table: IATITable) {
    let element = record.element
    table.set("iati_identifier", record.identifier)
    for name in ["title", "description"] {
      table.set(name, record.narrative(name, in: element))
      for (language, text) in record.translations(name, in: element) { table.set(adding: "\(name)_\(language)", text) }
    }
    addReporter(record, to: table)
    table.set("status", IATICode.activityStatus(element.code("activity-status")))
    let columns = [
      "1": "planned_start", "start-planned": "planned_start", "2": "actual_start", "start-actual": "actual_start",
      "3": "planned_end", "end-planned": "planned_end", "4": "actual_end", "end-actual": "actual_end",
    ]
    var dated: Set<String> = []
    for date in element.children("activity-date") {
      guard let column = date["type"].flatMap({ columns[$0.lowercased()] }), dated.insert(column).inserted else {
        continue
      }
      table.set(column, IATIText.date(date["iso-date"] ?? record.text(date)))
    }
    for (name, column) in [
      ("recipient-country", "recipient_country"), ("recipient-region", "recipient_region"),
    ] {
      let recipients = element.children(name)
      table.set(column + "_code", joined(recipients.map { $0["code"] }))
      table.set(column, joined(recipients.map { record.narrative(of: $0) }))
    }
    table.set("default_currency", record.currency)
    table.set("language", element["xml:lang"]?.lowercased())
    let marker = genderMarker(element)
    table.setNumber("gender_marker", marker?["significance"], line: marker?.line ?? element.line)
    table.set("humanitarian", IATIText.boolean(element["humanitarian"]))
    table.set("hierarchy", element["hierarchy"])
    let results = element.children("result")
    table.set("results", "\(results.count)")
    table.set("indicators", "\(results.reduce(0) { $0 + $1.children.count { $0.name == "indicator" } })")
    table.set("transactions", "\(element.children.count { $0.name == "transaction" })")
    table.set("last_updated", IATIText.date(element["last-updated-datetime"]))
    table.endRow(line: element.line)
  }

  /// The significance of OECD-DAC's policy marker on gender equality: 0, 1 or 2; missing where it was not screened.
  private static func genderMarker(_ element: XMLElement) -> XMLElement? {
    element.children("policy-marker").first {
      $0["code"] == "1" && ["1", "dac", ""].contains(($0["vocabulary"] ?? "").lowercased())
    }
  }

  private static func addOrganisation(_ record: IATIRecord, to table: IATITable) {
    let element = record.element
    table.set("iati_identifier", record.identifier)
    table.set("name", record.narrative("name", in: element))
    for (language, text) in record.translations("name", in: element) { table.set(adding: "name_\(language)", text) }
    addReporter(record, to: table)
    table.set("default_currency", record.currency)
    table.set("language", element["xml:lang"]?.lowercased())
    table.set("last_updated", IATIText.date(element["last-updated-datetime"]))
    table.endRow(line: element.line)
  }

  /// Several codes or names of one thing in a cell, as lists of JSON are.
  private static func joined(_ texts: [String?]) -> String? {
    let there = texts.compactMap { $0 }.filter { !$0.isEmpty }
    return there.isEmpty ? nil : there.joined(separator: "; ")
  }

  static func addReporter(_ record: IATIRecord, to table: IATITable) {
    table.set("reporting_org_ref", record.element.code("reporting-org", "ref"))
    table.set("reporting_org", record.narrative("reporting-org", in: record.element))
  }

  // MARK: Several

  private static func addTransactions(_ record: IATIRecord, to table: IATITable) {
    for transaction in record.element.children("transaction") {
      table.set("iati_identifier", record.identifier)
      table.set("reporting_org_ref", record.element.code("reporting-org", "ref"))
      let type = transaction.code("transaction-type")
      table.set("transaction_type", type)
      table.set("kind", IATICode.transactionType(type))
      table.set("date", day("transaction-date", in: transaction, of: record))
      addAmount(transaction, of: record, to: table)
      table.set("description", record.narrative("description", in: transaction))
      for name in ["provider", "receiver"] {
        table.set("\(name)_org_ref", transaction.code("\(name)-org", "ref"))
        table.set("\(name)_org", record.narrative("\(name)-org", in: transaction))
      }
      table.set("sector_code", joined(transaction.children("sector").map { $0["code"] }))
      table.set("recipient_country_code", transaction.code("recipient-country"))
      table.set("recipient_region_code", transaction.code("recipient-region"))
      table.set("flow_type", transaction.code("flow-type"))
      table.set("finance_type", transaction.code("finance-type"))
      table.set("aid_type", joined(transaction.children("aid-type").map { $0["code"] }))
      table.set("tied_status", transaction.code("tied-status"))
      table.set("disbursement_channel", transaction.code("disbursement-channel"))
      table.set("ref", transaction["ref"])
      table.set("humanitarian", IATIText.boolean(transaction["humanitarian"]))
      table.endRow(line: transaction.line)
    }
  }

  /// The kinds of budget: of activities, and of organisations.
  private static let budgetKinds: [String: String] = [
    "budget": "budget", "planned-disbursement": "planned disbursement", "total-budget": "total budget",
    "recipient-org-budget": "recipient organisation budget", "recipient-region-budget": "recipient region budget",
    "recipient-country-budget": "recipient country budget", "total-expenditure": "total expenditure",
  ]

  private static func addBudgets(_ record: IATIRecord, to table: IATITable) {
    for budget in record.element.children {
      guard let kind = budgetKinds[budget.name] else { continue }
      table.set("iati_identifier", record.identifier)
      table.set("reporting_org_ref", record.element.code("reporting-org", "ref"))
      table.set("kind", kind)
      table.set("type", IATICode.budgetType(budget["type"]))
      table.set("status", IATICode.budgetStatus(budget["status"]))
      addSpan(budget, of: record, to: table)
      addAmount(budget, of: record, to: table)
      let recipient =
        budget.child("recipient-org") ?? budget.child("recipient-country") ?? budget.child("recipient-region")
      table.set("recipient_code", recipient.flatMap { IATIText.value($0["code"]) ?? IATIText.value($0["ref"]) })
      table.set("recipient", record.narrative(of: recipient))
      table.set("provider_org", record.narrative("provider-org", in: budget))
      table.set("receiver_org", record.narrative("receiver-org", in: budget))
      table.endRow(line: budget.line)
      let parties = ["provider-org", "receiver-org"].map { budget.code($0, "ref") ?? record.narrative($0, in: budget) }
      table.overlaps.add(
        [kind, recipient.flatMap { $0["code"] ?? $0["ref"] ?? record.narrative(of: $0) }] + parties,
        days(of: budget, record),
        isRevised: IATICode.budgetType(budget["type"]) == "revised", line: budget.line)
    }
    table.overlaps.endRecord(record.identifier ?? "", isActivity: record.isActivity)
  }

  private static func addAmount(_ element: XMLElement, of record: IATIRecord, to table: IATITable) {
    guard let value = element.child("value") else { return }
    table.setFigure("value", record.text(value), line: value.line)
    // An attribute that is there and empty says nothing.
    let declared = IATIText.value(value["currency"]) ?? record.currency
    let written = record.text(value).flatMap(IATINumber.currency)
    table.set("currency", written ?? declared)
    if let written, let declared, written != declared.uppercased() {
      table.contradict(record.text(value) ?? written, declared, line: value.line)
    }
    table.set("value_date", IATIText.date(value["value-date"]))
  }

  static func addSpan(_ element: XMLElement, of record: IATIRecord, to table: IATITable) {
    let (start, end) = (day("period-start", in: element, of: record), day("period-end", in: element, of: record))
    table.setSpan(from: start, to: end, line: element.line)
  }

  /// The days of an element's period; nil where they are not known.
  static func days(of element: XMLElement, _ record: IATIRecord) -> ClosedRange<Int>? {
    IATIText.days(from: day("period-start", in: element, of: record), to: day("period-end", in: element, of: record))
  }

  /// The day that a child element gives, before 2.0 perhaps as its text.
  private static func day(_ name: String, in element: XMLElement, of record: IATIRecord) -> String? {
    guard let child = element.child(name) else { return nil }
    return IATIText.date(IATIText.value(child["iso-date"]) ?? record.text(child))
  }

  private static func addSectors(_ record: IATIRecord, to table: IATITable) {
    for sector in record.element.children("sector") {
      table.set("iati_identifier", record.identifier)
      table.set("vocabulary", sector["vocabulary"])
      table.set("code", sector["code"])
      table.set("sector", record.narrative(of: sector))
      table.setNumber("percentage", sector["percentage"], line: sector.line)
      table.endRow(line: sector.line)
    }
  }

  private static func addLocations(_ record: IATIRecord, to table: IATITable) {
    for location in record.element.children("location") {
      table.set("iati_identifier", record.identifier)
      table.set("ref", location["ref"])
      table.set("name", record.narrative("name", in: location))
      table.set("description", record.narrative("description", in: location))
      // Two numbers with a blank between since 2.0, attributes before.
      let before = location.child("coordinates")
      let point = location.child("point")?.child("pos")
      if let point, let position = record.text(point), !position.isEmpty {
        addPosition(position, line: point.line, to: table)
      } else if let before {
        let position = [before["latitude"], before["longitude"]].compactMap { $0 }.joined(separator: " ")
        addPosition(position, line: before.line, to: table)
      }
      table.set(
        "administrative",
        joined(
          location.children("administrative").map { area in
            area["code"] ?? record.narrative(of: area) ?? area["country"]
          }))
      // Before 1.04 the place in a gazetteer was the text of an element, and the gazetteer its attribute.
      let entry = location.child("gazetteer-entry")
      table.set("location_id", location.code("location-id") ?? entry.flatMap { record.text($0) })
      table.set(
        "location_id_vocabulary",
        location.code("location-id", "vocabulary") ?? entry.flatMap { IATIText.value($0["gazetteer-ref"]) })
      table.set("reach", location.code("location-reach"))
      table.set("class", location.code("location-class"))
      table.set("feature", location.code("feature-designation") ?? location.code("location-type"))
      // The precision of earlier versions is another list of codes.
      table.set("exactness", location.code("exactness"))
      table.endRow(line: location.line)
    }
  }

  private static func addPosition(_ text: String, line: Int, to table: IATITable) {
    guard !text.isEmpty else { return }
    let position = IATIPosition(text)
    table.set("latitude", position?.latitude)
    table.set("longitude", position?.longitude)
    table.set(spare: "position_text", text, isNeeded: position.map { $0.latitude + " " + $0.longitude } != text)
    if position == nil { table.misfit("latitude", text, line) }
  }

  private static func addParticipants(_ record: IATIRecord, to table: IATITable) {
    for organisation in record.element.children("participating-org") {
      table.set("iati_identifier", record.identifier)
      table.set("ref", organisation["ref"])
      table.set("name", record.narrative(of: organisation))
      table.set("role", IATICode.role(organisation["role"]))
      table.set("type", organisation["type"])
      table.set("activity_id", organisation["activity-id"])
      table.endRow(line: organisation.line)
    }
  }
}
