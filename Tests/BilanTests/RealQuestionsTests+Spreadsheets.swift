extension RealQuestionsTests {
  /// Workbooks of a publishing tool, whose sheets are formatted far below their last row; the header is counted by the
  /// list of questions and not here.
  static let spreadsheets: [Question] = {
    #if Spreadsheets
      [
        Question(
          "82",
          """
          from "xlsx-iatipublisher/Period.xlsx#Target" | summarize rows = count + 1
          """,
          """
          rows
          7
          """),
        Question(
          "83",
          """
          from "xlsx-iatipublisher/Period.xlsx#Actual" | summarize rows = count + 1
          """,
          """
          rows
          5
          """),
        Question(
          "84",
          """
          from "xlsx-iatipublisher/Indicator.xlsx#Indicator" | summarize rows = count + 1
          """,
          """
          rows
          5
          """),
      ]
    #else
      []
    #endif
  }()
}
