/// A file that the generator makes.
package struct DatasetFile {
  package let name: String
  package let bytes: [UInt8]
}

/// Every generated file, always the same bytes. `published.csv` is not among them: its figures were collected by hand.
package func makeDatasets() -> [DatasetFile] {
  let results = makeResults()
  let beneficiaries = makeBeneficiaries()
  let enterprises = makeEnterprises(results: results, beneficiaries: beneficiaries)
  return [
    DatasetFile(name: "beneficiaries.csv", bytes: beneficiariesFile(beneficiaries)),
    DatasetFile(name: "disbursements.csv", bytes: disbursementsFile()),
    DatasetFile(name: "enterprises.csv", bytes: enterprisesFile(enterprises)),
    DatasetFile(name: "meetings.csv", bytes: meetingsFile()),
    DatasetFile(name: "regions.csv", bytes: regionsFile()),
    DatasetFile(name: "results.csv", bytes: resultsFile(results)),
    DatasetFile(name: "survey.csv", bytes: surveyFile()),
  ]
}
