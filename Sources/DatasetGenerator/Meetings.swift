/// The meetings of 2021. One is real: minister Amekraz and delegate Kasajima met in Rabat, on a Thursday of January
/// whose date the source does not give, so that its `date` stays empty. The others are invented.
func meetingsFile() -> [UInt8] {
  var random = Random(stream: "meetings")
  var meetings = nationalMeetings(&random) + regionalMeetings(&random)
  let order = meetings.indices.sorted { (meetings[$0].day, $0) < (meetings[$1].day, $1) }
  meetings = order.map { meetings[$0] }

  var writer = CSVWriter(header: [
    "date", "month", "title", "level", "region", "place", "organiser", "programme", "topic", "indicator", "origin",
    "source_url",
  ])
  writer.append([
    "", "2021-01", "Meeting of minister Amekraz and delegate Kasajima", "national", "", "Rabat", "",
    "Min Ajliki + Aji", "Belgian-Moroccan programmes for women and young people", "", "published",
    "https://www.maroc.ma/fr/actualites/cooperation-maroco-belge-pour-valoriser-les-programmes-dappui-aux-femmes-et-aux-jeunes",
  ])
  for meeting in meetings {
    let (year, month, _) = meeting.day.parts
    writer.append([
      meeting.day.iso, "\(year)-\(padded(month, to: 2))", meeting.title,
      meeting.region == nil ? "national" : "regional",
      meeting.region?.name ?? "", meeting.place, meeting.organiser, meeting.programme.name, meeting.topic,
      meeting.indicator, "synthetic", "",
    ])
  }
  return writer.bytes
}

private struct Meeting {
  let day: Day
  let title: String
  let region: Region?
  let place: String
  let organiser: String
  let programme: Programme
  let topic: String
  let indicator: String
}

/// A topic and the indicator whose figures are shown under it.
private func topics(of programme: Programme) -> [(topic: String, indicator: String)] {
  let shared = [
    (topic: "Creating enterprises", indicator: "enterprises created"),
    (topic: "Jobs", indicator: "jobs created"),
    (topic: "Awareness", indicator: "people sensitised"),
    (topic: "Support before creation", indicator: "people supported before creation"),
  ]
  return programme.code == Programme.aji.code
    ? shared + [(topic: "Entering employment", indicator: "people inserted in employment")]
    : shared + [
      (topic: "Training", indicator: "people trained in entrepreneurship"),
      (topic: "Easier formalities", indicator: "average days to register an enterprise"),
    ]
}

private func nationalMeetings(_ random: inout Random) -> [Meeting] {
  [Programme.minAjliki, Programme.aji].flatMap { programme in
    [(3, 15), (6, 14), (9, 20), (12, 6)].map { month, day in
      let (topic, indicator) = random.pick(topics(of: programme))
      return Meeting(
        day: Day(2021, month, day + random.int(0...3)), title: "\(programme.name): steering committee", region: nil,
        place: "Rabat", organiser: "Programme unit", programme: programme, topic: topic, indicator: indicator)
    }
  }
}

private func regionalMeetings(_ random: inout Random) -> [Meeting] {
  var meetings: [Meeting] = []
  for programme in [Programme.minAjliki, Programme.aji] {
    for region in programme.regions {
      for half in 0...1 {
        let (topic, indicator) = random.pick(topics(of: programme))
        let day = Day(2021, half * 6 + random.int(2...5), random.int(1...26)).orNextWorkday
        meetings.append(
          Meeting(
            day: day, title: "\(programme.name): regional committee, \(region.name)", region: region,
            place: region.provinces[0],
            organiser: random.pick(["Regional council", "Regional unit", "Partner network"]),
            programme: programme, topic: topic, indicator: indicator))
      }
    }
  }
  return meetings
}
