/// Memory for one value a row, which grows as rows come; what it holds at first is nothing that may be read.
@safe struct RowMemory<Element: BitwiseCopyable>: ~Copyable {
  private(set) var start: UnsafeMutablePointer<Element>
  private var capacity = 1

  init() { unsafe start = .allocate(capacity: 1) }

  deinit { unsafe start.deallocate() }

  /// Makes room for `rows` values, of which the first `kept` stay.
  mutating func reserve(_ rows: Int, keeping kept: Int) {
    guard rows > capacity else { return }
    capacity = max(rows, capacity * 2)
    let larger = UnsafeMutablePointer<Element>.allocate(capacity: capacity)
    unsafe larger.update(from: start, count: kept)
    unsafe start.deallocate()
    unsafe start = larger
  }
}
