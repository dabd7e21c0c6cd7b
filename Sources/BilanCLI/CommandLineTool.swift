import Bilan
import BilanDiagnostics
import BilanShell

/// The command `bilan` from its arguments to its exit status, on streams that tests can inject.
struct CommandLineTool {
  private let environment: CommandEnvironment

  init(_ environment: CommandEnvironment) { self.environment = environment }

  func run() -> Int32 {
    let language = InterfaceLanguage.asked(in: environment.arguments) ?? environment.preferredLanguage
    let status: Int32
    switch ArgumentReader.read(environment.arguments, language: language) {
    case .text(let text):
      environment.output.write(text)
      status = ExitStatus.done
    case .failure(let diagnostics):
      ResultPresenter(PresentationSettings(language: language), environment: environment).show(diagnostics)
      status = ExitStatus.wrongArguments
    case .invocation(let invocation):
      status = CommandRunner(invocation.options, environment: environment).run(invocation.action)
    }
    return statusAfterWriting(status, language: language)
  }

  /// A reader that has gone ends the command quietly; a full disk does not.
  private func statusAfterWriting(_ status: Int32, language: Language) -> Int32 {
    guard case .system(let code) = environment.output.failure else { return status }
    let reason = SystemReason.text(code)
    ResultPresenter(PresentationSettings(language: language), environment: environment).show([
      .error(
        .cannotWrite,
        Localized(
          "the result cannot be written: \(reason.english)",
          fr: "le résultat ne peut pas être écrit\u{A0}: \(reason.french)"))
    ])
    return ExitStatus.unreadableData
  }
}
