import BilanColumnar

// Services for surveys write questions above and answers below:
//
//     Respondent ID,How old are you?,Which do you use?,
//     ,Open-Ended Response,Phone,Radio
//     1001,34,Phone,
//
// A question without choices has a word there that says no more.

extension HeaderBand {
  /// What stands under a question that has no choices.
  private static let words: Set<String> = [
    "response", "open-ended response", "reponse", "reponse ouverte", "reponse libre",
  ]

  static func isAnswerWord(_ text: String) -> Bool { words.contains(TextFolding.fold(text)) }

  /// Whether the first two records are questions and their answers: the first column has no answer, and others have such a
  /// word, or hold nothing but the answer that stands over them.
  static func isOfSurvey(_ first: [String], _ second: [String], below: (Int) -> [String]) -> Bool {
    guard !first[0].isEmpty, second[0].isEmpty, first.indices.allSatisfy({ !first[$0].isEmpty || !second[$0].isEmpty }),
      !second.contains(where: HeaderGuess.isTyped), !first.contains(where: HeaderGuess.isTyped)
    else { return false }
    let answers = second.indices.filter { !second[$0].isEmpty }
    let worded = answers.filter { isAnswerWord(second[$0]) }
    if !worded.isEmpty { return worded.allSatisfy { !below($0).contains(second[$0]) } }
    guard let gap = first.firstIndex(of: ""), gap > 1 else { return false }
    let choices = answers.filter { place in
      let values = below(place).filter { !$0.isEmpty }
      return !values.isEmpty && values.allSatisfy { $0 == second[place] }
    }
    return choices.count >= 2 && choices.contains { first[$0].isEmpty }
  }

  /// The names of the columns of a survey.
  static func surveyNames(_ questions: [String], _ answers: [String]) -> [String] {
    var question = ""
    return questions.indices.map { place in
      if !questions[place].isEmpty { question = questions[place] }
      let answer = answers[place]
      return answer.isEmpty || isAnswerWord(answer) && !questions[place].isEmpty ? question : question + joiner + answer
    }
  }
}
