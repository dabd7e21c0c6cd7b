// Answers the questions of a task and prints one JSON object a line: the wall time of each run, from the text of the
// question to the materialised answer, the number of rows, and sums that tell whether the answer is right.
//
//   bilan-bench TASK --data DIR [--size 1e6] [--threads 2] [--runs 3] [--questions q1,q2]
import Bilan

#if canImport(Glibc)
  import Glibc
#elseif canImport(Darwin)
  import Darwin
#endif

struct Arguments {
  var task = "groupby"
  var data = "."
  var size = "1e6"
  var threads = 1
  var runs = 3
  var questions: Set<String> = []

  init?(_ words: [String]) {
    guard let task = words.first else { return nil }
    self.task = task
    var rest = words.dropFirst()
    while let option = rest.popFirst(), let value = rest.popFirst() {
      switch option {
      case "--data": data = value
      case "--size": size = value
      case "--threads": threads = Int(value) ?? 1
      case "--runs": runs = max(1, Int(value) ?? 3)
      case "--questions": questions = Set(value.split(separator: ",").map(String.init))
      default: return nil
      }
    }
  }
}

func seconds(_ body: () throws -> Void) rethrows -> Double {
  let duration = try ContinuousClock().measure(body)
  return Double(duration.components.seconds) + Double(duration.components.attoseconds) / 1e18
}

func say(_ line: String) { print(line) }

func run(_ arguments: Arguments) throws {
  guard let questions = Questions.of(arguments.task) else {
    say("{\"q\":\"\(arguments.task)\",\"error\":\"no such task\"}")
    return
  }
  let tables = Questions.tables(of: arguments.task, size: arguments.size)
  let catalog = try Catalog(tables.map { "\($0.name)=\(arguments.data)/\($0.file)" })
  let session = Session(catalog: catalog, options: SessionOptions(workers: arguments.threads))
  if arguments.task != "direct" {
    var rows = 0
    let time = try seconds { for table in tables { rows = try session.run("from \(table.name)")[0].rowCount } }
    say("{\"q\":\"load\",\"seconds\":[\(time)],\"rows\":\(rows)}")
  }
  if arguments.task == "write" { try write(arguments, session) }
  for question in questions where arguments.questions.isEmpty || arguments.questions.contains(question.name) {
    do {
      var times: [Double] = []
      var result: QueryResult?
      for _ in 0..<arguments.runs {
        result = nil
        // A question asked of the file itself starts from a session that has not read it, and will not again.
        let asked =
          arguments.task == "direct"
          ? Session(
            catalog: try Catalog(tables.map { "\($0.name)=\(arguments.data)/\($0.file)" }),
            options: SessionOptions(workers: arguments.threads, keepsFiles: false))
          : session
        times.append(try seconds { result = try asked.run(question.query)[0] })
      }
      let sums = question.checks.map { name in
        String(result?.column(name)?.numbers?.reduce(0) { $0 + ($1 ?? 0) } ?? 0)
      }
      say(
        "{\"q\":\"\(question.name)\",\"seconds\":[\(times.map { String($0) }.joined(separator: ","))],"
          + "\"rows\":\(result?.rowCount ?? 0),\"check\":[\(sums.joined(separator: ","))]}")
    } catch {
      let text = "\(error)".map { $0 == "\"" || $0 == "\n" ? " " : String($0) }.joined()
      say("{\"q\":\"\(question.name)\",\"error\":\"\(text)\"}")
    }
  }
}

/// Writes the table back as a CSV file beside the data, and removes it.
func write(_ arguments: Arguments, _ session: Session) throws {
  let path = "\(arguments.data)/out_bilan_\(getpid()).csv"
  var times: [Double] = []
  var size = 0
  for _ in 0..<arguments.runs {
    guard let file = unsafe fopen(path, "w") else { throw WriteFailure(code: errno) }
    unsafe setvbuf(file, nil, _IONBF, 0)
    size = 0
    times.append(
      try seconds {
        let result = try session.run("from x")[0]
        _ = try result.write(as: .csv, workers: arguments.threads) { bytes throws(WriteFailure) in
          guard unsafe fwrite(bytes, 1, bytes.count, file) == bytes.count else { throw WriteFailure(code: errno) }
          size += bytes.count
        }
        guard unsafe fclose(file) == 0 else { throw WriteFailure(code: errno) }
      })
    unsafe remove(path)
  }
  say("{\"q\":\"write\",\"seconds\":[\(times.map { String($0) }.joined(separator: ","))],\"rows\":\(size)}")
}

struct WriteFailure: Error {
  var code: Int32
}

Machine.keepFreedMemory()
guard let arguments = Arguments(Array(CommandLine.arguments.dropFirst())) else {
  print("bilan-bench TASK --data DIR [--size 1e6] [--threads 2] [--runs 3] [--questions q1,q2]")
  exit(64)
}
try run(arguments)
