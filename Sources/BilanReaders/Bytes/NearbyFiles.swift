import BilanColumnar

#if canImport(Glibc)
  import Glibc
#elseif canImport(Musl)
  import Musl
#else
  import Darwin
#endif

/// Finds what a mistyped path may have meant.
enum NearbyFiles {
  /// Up to three paths in the same directory whose names resemble the last part of `path`, the nearest first.
  static func names(like path: String) -> [String] {
    let slash = path.utf8.lastIndex(of: UInt8(ascii: "/"))
    let directory = slash.map { String(path[...$0]) } ?? ""
    let wanted = Array(TextFolding.fold(slash.map { String(path[path.index(after: $0)...]) } ?? path).utf8)
    guard !wanted.isEmpty else { return [] }
    let limit = max(2, wanted.count / 3)
    var found: [(distance: Int, name: String)] = []
    for name in list(directory.isEmpty ? "." : directory) where !name.hasPrefix(".") {
      let folded = Array(TextFolding.fold(name).utf8)
      // A name that only lacks its extension is as near as one with a typing error.
      let isStem = folded.starts(with: wanted) && folded.dropFirst(wanted.count).first == UInt8(ascii: ".")
      let distance = isStem ? 1 : editDistance(wanted, folded, limit: limit)
      if distance <= limit { found.append((distance, directory + name)) }
    }
    found.sort { ($0.distance, $0.name) < ($1.distance, $1.name) }
    return found.prefix(3).map(\.name)
  }

  private static func list(_ directory: String) -> [String] {
    guard let stream = unsafe opendir(directory) else { return [] }
    defer { _ = unsafe closedir(stream) }
    var names: [String] = []
    while let entry = unsafe readdir(stream) {
      let name = unsafe withUnsafePointer(to: &entry.pointee.d_name) { pointer in
        // Safe: the system ends every entry's name with a zero byte.
        unsafe pointer.withMemoryRebound(to: CChar.self, capacity: 256) { unsafe String(cString: $0) }
      }
      names.append(name)
    }
    return names
  }

  /// The number of insertions, deletions and replacements between two texts; `limit + 1` where it is more.
  private static func editDistance(_ lhs: [UInt8], _ rhs: [UInt8], limit: Int) -> Int {
    if abs(lhs.count - rhs.count) > limit { return limit + 1 }
    var row = Array(0...rhs.count)
    for (i, left) in lhs.enumerated() {
      var diagonal = row[0]
      row[0] = i + 1
      for (j, right) in rhs.enumerated() {
        let replaced = diagonal + (left == right ? 0 : 1)
        diagonal = row[j + 1]
        row[j + 1] = min(replaced, row[j] + 1, diagonal + 1)
      }
    }
    return row[rhs.count]
  }
}
