#if Spreadsheets
  import BilanColumnar
  import BilanDiagnostics
  import BilanReaders
  import BilanTestSupport
  import Foundation
  import Testing

  @testable import BilanSpreadsheets

  /// Workbooks as people publish them, where they are at hand.
  enum RealWorkbooks {
    static let directory = RealData.directory
    static let files = RealData.files(".xlsx", ".xlsm")
  }

  @Suite(.enabled(if: !RealWorkbooks.files.isEmpty, "no real workbooks beside the package"))
  struct RealWorkbookTests {
    @Test func everySheetIsReadOrRefused() throws {
      var tally: [String: Int] = [:]
      for file in RealWorkbooks.files {
        let path = RealWorkbooks.directory + "/" + file
        let tables = try XLSXFormat.tables(in: path)
        #expect(!tables.isEmpty)
        for table in tables {
          do {
            let sheet = try ReadSheet(path: path, table: table)
            #expect(Set(sheet.labels).count == sheet.labels.count, "\(file)#\(table)")
            tally["read", default: 0] += 1
          } catch let error as QueryError {
            // Some sheets are empty.
            #expect(error.diagnostics.first?.code == .emptyFile, "\(file)#\(table): \(error.diagnostics)")
            tally["empty", default: 0] += 1
          }
        }
      }
      print("\(RealWorkbooks.files.count) workbooks; sheets: \(tally)")
      #expect(tally["read", default: 0] > 50)
    }
  }

  // MARK: Another reader

  /// openpyxl under Python, where it is at hand: `BILAN_PYTHON`, else `python3`.
  enum Openpyxl {
    static let python: String? = {
      for candidate in [ProcessInfo.processInfo.environment["BILAN_PYTHON"], "python3"].compactMap(\.self) {
        if run(candidate, "import openpyxl", []) != nil { return candidate }
      }
      return nil
    }()

    static func run(_ python: String, _ program: String, _ arguments: [String]) -> String? {
      let process = Process()
      process.executableURL = URL(fileURLWithPath: "/usr/bin/env")
      process.arguments = [python, "-c", program] + arguments
      let output = Pipe()
      process.standardOutput = output
      process.standardError = FileHandle.nullDevice
      guard (try? process.run()) != nil else { return nil }
      let data = output.fileHandleForReading.readDataToEndOfFile()
      process.waitUntilExit()
      return process.terminationStatus == 0 ? String(decoding: data, as: UTF8.self) : nil
    }

    /// Every cell of every sheet that holds something, a line each: sheet, place, kind, value.
    static let cells = """
      import sys, datetime, warnings
      warnings.simplefilter("ignore")
      import openpyxl
      book = openpyxl.load_workbook(sys.argv[1], data_only=True)
      for sheet in book.worksheets:
          for row in sheet.iter_rows():
              for cell in row:
                  v = cell.value
                  if v is None or cell.data_type == "e" or v == "":
                      continue
                  if isinstance(v, bool):
                      kind, text = "value", "true" if v else "false"
                  elif isinstance(v, datetime.datetime):
                      s = v.replace(microsecond=0) + datetime.timedelta(seconds=round(v.microsecond / 1e6))
                      kind, text = "value", s.strftime("%Y-%m-%d") + ("" if (s.hour, s.minute, s.second) == (0, 0, 0) else s.strftime(" %H:%M:%S"))
                  elif isinstance(v, (datetime.time, datetime.timedelta)):
                      kind, text = "time", str(v)
                  elif isinstance(v, (int, float)):
                      kind, text = "number", repr(float(v))
                  else:
                      kind, text = "text", v.encode("utf-8").hex()
                  print(sheet.title.encode("utf-8").hex(), cell.coordinate, kind, text, sep="\\t")
      """
  }

  @Suite(
    .enabled(if: !RealWorkbooks.files.isEmpty, "no real workbooks beside the package"),
    .enabled(if: Openpyxl.python != nil, "no Python with openpyxl"))
  struct OpenpyxlTests {
    /// Cell by cell, before types are decided: the same places hold the same values.
    @Test(arguments: RealWorkbooks.files) func cellsAreTheSame(file: String) throws {
      let path = RealWorkbooks.directory + "/" + file
      let python = try #require(Openpyxl.python)
      // What openpyxl itself cannot read says nothing.
      guard let output = Openpyxl.run(python, Openpyxl.cells, [path]) else { return }
      var expected: [String: [String: (kind: Substring, text: Substring)]] = [:]
      for line in output.split(separator: "\n") {
        let parts = line.split(separator: "\t", omittingEmptySubsequences: false)
        expected[String(parts[0]), default: [:]][String(parts[1])] = (parts[2], parts[3])
      }
      let book = try Workbook(.file(path: path), name: file)
      let strings = try book.strings { false }
      for sheet in book.sheets {
        let reader = SheetReader(
          book: file, styles: try book.styles(), stringCount: strings.count, countsFrom1904: book.countsFrom1904,
          fileSize: book.archive.storedCount)
        try XMLStream.read(sheet.part, of: book.archive, reader)
        let table = SheetTable(reader.sheet, strings)
        var cells = expected[Data(sheet.name.utf8).map { ($0 < 16 ? "0" : "") + String($0, radix: 16) }.joined()] ?? [:]
        for cell in table.sheet.cells {
          let place = CellReference(row: Int(cell.row), column: Int(cell.column)).text
          let text = String(decoding: table.bytes(of: cell), as: UTF8.self)
          guard let other = cells.removeValue(forKey: place) else {
            #expect(text.isEmpty, "\(file)#\(sheet.name) \(place): `\(text)`, which openpyxl does not have")
            continue
          }
          switch other.kind {
          case "number":
            // The currency of the cell's format stands behind the number.
            let digits = text.prefix { $0 != " " }
            let number = text.hasSuffix("%") ? Double(text.dropLast()).map { $0 / 100 } : Double(digits)
            let value = try #require(Double(other.text))
            #expect(
              number.map { abs($0 - value) <= abs(value) * 1e-15 } == true || text.contains(":") || text.contains("-"),
              "\(file)#\(sheet.name) \(place): `\(text)` and \(value)")
          case "text":
            let hex = Array(other.text.utf8)
            let bytes = stride(from: 0, to: hex.count, by: 2).map {
              UInt8(String(decoding: hex[$0..<$0 + 2], as: UTF8.self), radix: 16)!
            }
            // It leaves some escapes as they are.
            let texts = [text, String(decoding: bytes, as: UTF8.self)].map {
              $0.replacingOccurrences(of: "_x000D_", with: "\r")
            }
            #expect(
              cell.isText && texts[0] == texts[1],
              "\(file)#\(sheet.name) \(place): `\(text)`")
          case "value": #expect(text == other.text, "\(file)#\(sheet.name) \(place)")
          default: #expect(text.contains(":"), "\(file)#\(sheet.name) \(place): `\(text)` and \(other.text)")
          }
        }
        #expect(cells.isEmpty, "\(file)#\(sheet.name): \(cells.keys.sorted().prefix(5)) were not read")
      }
    }
  }
#endif
