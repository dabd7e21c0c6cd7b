extension RealQuestionsTests {
  /// Files that programs exchange: JSON, and XML where the trait that reads it is on.
  static var exchange: [Question] {
    #if Exchange
      json + iati
    #else
      json
    #endif
  }

  private static let json: [Question] = [
    Question(
      "66",
      """
      from "ma-covid19/data_by_regions.json" | summarize regions = count, confirmed = sum(confirmed)
      from "ma-covid19/data_by_regions.json" | top 1 by confirmed | keep region_name_en, confirmed
      """,
      """
      regions,confirmed
      12,1266

      region_name_en,confirmed
      Casablanca-Settat,620
      """),
    Question(
      "67",
      """
      from "ma-covid19/data_by_day.json#data.Tested"
      | summarize days = count, first = min(date), last = max(date), confirmed = sum(confirmed)
      """,
      """
      days,first,last,confirmed
      153,2020-08-13,2021-01-13,416005
      """),
    Question(
      "68",
      """
      from "ma-covid19/data_by_regions.json" | keep region_name_en
      """,
      """
      region_name_en
      Béni Mellal-Khénifra
      Casablanca-Settat
      Drâa-Tafilalet
      Dakhla-Oued Ed-Dahab
      Fès-Meknès
      Guelmim-Oued Noun
      Laâyoune-Sakia El Hamra
      Marrakech-Safi
      l'Oriental
      Rabat-Salé-Kénitra
      Souss-Massa
      Tanger-Tétouan-Al Hoceïma
      """),
  ]

  private static let iati: [Question] = [
    Question(
      "1",
      """
      from "iati-okfn/worldbank-sv.xml"
      | summarize activities = count, with_results = count(where results > 0), indicators = sum(indicators)
      from "iati-okfn/worldbank-sv.xml#results" | summarize periods = count(period_number)
      """,
      """
      activities,with_results,indicators
      13,7,251

      periods
      251
      """),
    Question(
      "2, 3",
      """
      # One pair more than the list has, which takes no percent sign: 85.00 and 88.8%.
      from "iati-okfn/worldbank-sv.xml#results"
      | where target is not missing and actual is not missing
      | summarize pairs = count, with_percent = count(where actual_text ~ "%"), exceeded = count(where actual > target),
          equal = count(where actual = target), short = count(where actual < target)
      """,
      """
      pairs,with_percent,exceeded,equal,short
      221,1,47,11,163
      """),
    Question(
      "4",
      """
      from "iati-okfn/worldbank-sv.xml#results"
      | where target > 0
      | add rate = round(actual / target, 3)
      | top 5 by rate
      | keep iati_identifier, target, actual, rate
      """,
      """
      iati_identifier,target,actual,rate
      44000-P169125,5.1,15821,3102.157
      44000-P169125,5.1,15821,3102.157
      44000-P169125,5.1,15821,3102.157
      44000-P178720,3545,26422,7.453
      44000-P178720,3545,26422,7.453
      """),
    Question(
      "5",
      """
      from "iati-okfn/worldbank-sv.xml#results"
      | where indicator ~ "women" or indicator ~ "woman" or indicator ~ "female"
      | summarize periods = count, numeric = count(where target is not missing and actual is not missing),
          reached = count(where actual >= target)
      """,
      """
      periods,numeric,reached
      13,13,2
      """),
    Question(
      "6",
      """
      from "iati-okfn/worldbank-sv.xml#results"
      | summarize targets = count(where target_text in ["Yes", "No"]), actuals = count(where actual_text in ["Yes", "No"]),
          empty = count(where actual_text is missing)
      """,
      """
      targets,actuals,empty
      20,17,3
      """),
    Question(
      "7",
      """
      from "iati-okfn/worldbank-sv.xml#results"
      | where target != baseline and actual is not missing
      | summarize middle = median((actual - baseline) / (target - baseline))
      """,
      """
      middle
      0
      """),
    Question(
      "8",
      """
      from "iati-hdx/covid-dportal.xml" | summarize activities = count, with_results = count(where results > 0)
      """,
      """
      activities,with_results
      401,99
      """),
    Question(
      "9",
      """
      from "iati-hdx/covid-dportal.xml#results"
      | where target is not missing and actual is not missing
      | summarize pairs = count, exceeded = count(where gap > 0), ignoring_direction = count(where actual > target),
          falling = count(where direction = "down")
      """,
      """
      pairs,exceeded,ignoring_direction,falling
      51,41,13,29
      """),
    Question(
      "10",
      """
      from "iati-hdx/covid-dportal.xml#results"
      | where target is not missing and actual is not missing
      | summarize pairs = count by reporting_org_ref
      | sort pairs desc
      """,
      """
      reporting_org_ref,pairs
      GB-COH-213890,29
      CH-FDJP-CHE106823242,13
      LB-MOI-497,9
      """),
    Question(
      "11",
      """
      from "iati-hdx/covid-dportal.xml#results"
      | distinct iati_identifier, indicator_number, measure
      | where indicator_number is not missing
      | summarize indicators = count by measure
      """,
      """
      measure,indicators
      percentage,10
      qualitative,93
      unit,90
      """),
    Question(
      "12",
      """
      from "iati-okfn/CAF-ActivityFile-2025-10-10.xml#results"
      | summarize targets = count(target), actuals = count(actual), mean_achievement
      """,
      """
      targets,actuals,mean_achievement
      493,0,
      """),
    Question(
      "15",
      """
      from "iati-okfn/CAF-ActivityFile-2025-10-10.xml"
      | summarize activities = count by recipient_country_code
      | top 3 by activities
      """,
      """
      recipient_country_code,activities
      EC,71
      BO,66
      BR,64
      """),
    Question(
      "17",
      """
      let indicators = from "iati-okfn/iati-activities-am-armenia.xml#results"
        | summarize with_period = count(period_number) > 0 by iati_identifier, indicator_number, measure
      from indicators | summarize indicators = count by measure
      from indicators | where with_period | count
      """,
      """
      measure,indicators
      qualitative,225
      unit,27

      count
      27
      """),
    Question(
      "18",
      """
      from "iati-okfn/iati-activities-am-armenia.xml#results"
      | where indicator ~ "women entrepreneurs" or indicator ~ "women's entrepreneurship"
      | distinct iati_identifier
      | keep iati_identifier
      """,
      """
      iati_identifier
      XM-DAC-46004-45230-001-LN2922
      XM-DAC-46004-45230-001-LN2923
      """),
    Question(
      "20",
      """
      from "iati-okfn/BE-BCE_KBO-0420656336.xml#budgets"
      | where kind = "total budget"
      | keep kind, period_start, period_end, value, currency
      """,
      """
      kind,period_start,period_end,value,currency
      total budget,2017-01-01,2017-12-31,4572104,EUR
      total budget,2018-01-01,2018-12-31,3378296,EUR
      total budget,2019-01-01,2019-12-31,3422654,EUR
      total budget,2021-01-01,2021-12-31,2388292.6,EUR
      total budget,2020-01-01,2020-12-31,3001730,EUR
      """),
    Question(
      "76",
      """
      from "iati-standard/example-2.03.xml#results"
      | summarize results = count_distinct(result_number), indicators = count_distinct(indicator_number),
          baselines = count(baseline), targets = count(target), actuals = count(actual)
      # The baseline, the target and the actual are of the same two dimensions: six elements in all.
      from "iati-standard/example-2.03.xml#results" | unnest part = dimension by ";" | keep part
      """,
      """
      results,indicators,baselines,targets,actuals
      1,1,1,1,1

      part
      age=adult
      sex=female
      """),
    Question(
      "77",
      """
      from "iati-standard/real-1.0x-with-results.xml#results"
      | summarize periods = count(period_number), pairs = count(where target is not missing and actual is not missing),
          exceeded = count(where actual > target), falling = count(where direction = "down")
      """,
      """
      periods,pairs,exceeded,falling
      10,10,6,10
      """),
    Question(
      "78",
      """
      from "iati-standard/real-1.0x-with-results.xml#results"
      | where indicator ~ "pregnant women"
      | keep indicator, target_text, target, actual_text, actual
      """,
      """
      indicator,target_text,target,actual_text,actual
      Number of HIV tests performed among pregnant women,"20,000",20000,"24,055",24055
      """),
    Question(
      "79",
      """
      from "iati-flattener/worldbank-activity.xml#results"
      | summarize indicators = count_distinct(indicator_number), targets = count(target), actuals = count(actual),
          at_appraisal = count(where actual_text ~ "as at appra")
      """,
      """
      indicators,targets,actuals,at_appraisal
      14,4,4,10
      """),
    Question(
      "80",
      """
      from "iati-flattener/canada-activity.xml" | keep title_fr
      """,
      """
      title_fr
      Partenariats pour l’innovation municipale au service du développement économique local
      """),
  ]
}
