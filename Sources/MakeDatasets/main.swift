import DatasetGenerator
#if canImport(Glibc)
  import Glibc
#else
  import Darwin
#endif

let usage = """
  usage: make-datasets [--check] [DIR]

  Writes the generated tables of Bilan's datasets to DIR (`datasets` unless said otherwise).
  With --check nothing is written: the status is 1 if a file of DIR is not what would be.
  """

var arguments = Array(CommandLine.arguments.dropFirst())
if arguments.contains("--help") {
  print(usage)
  exit(0)
}
let isCheck = arguments.contains("--check")
arguments.removeAll { $0 == "--check" }
guard arguments.count <= 1, arguments.allSatisfy({ !$0.hasPrefix("-") }) else {
  complain(usage)
  exit(64)
}
let directory = arguments.first ?? "datasets"

do throws(FileError) {
  var different = 0
  for file in makeDatasets() {
    let path = directory + "/" + file.name
    if !isCheck {
      try writeFile(file.bytes, to: path)
    } else if try readFile(path) != file.bytes {
      complain("\(path) is not what the generator makes")
      different += 1
    }
  }
  exit(different == 0 ? 0 : 1)
} catch {
  complain("\(error.path): \(error.reason)")
  exit(3)
}
