import BilanColumnar

extension Buffer {
  /// The value of each place in turn: as `init(count:eachPlace:)`, which the compiler does not specialise across modules.
  @inline(__always)
  init(places count: Int, _ value: (Int) -> Element) {
    // SAFETY: every place below `count` is written once, in order, before the count is set to it.
    self.init(
      unsafe [Element](unsafeUninitializedCapacity: count) { memory, filled in
        let memory = memory.baseAddress
        for place in 0..<count { unsafe memory![place] = value(place) }
        filled = count
      })
  }
}
