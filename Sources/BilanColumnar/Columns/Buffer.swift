/// Immutable storage of plain values, shared by reference and cheap to slice.
///
/// What loops of other modules call is `@inlinable`: as a call it would cost more than the loop.
///
/// Kernels read `span` and fill an `OutputSpan` or give a value a place; only this file knows where the memory comes
/// from.
package struct Buffer<Element: BitwiseCopyable & Sendable>: Sendable {
  @usableFromInline let base: [Element]
  @usableFromInline let range: Range<Int>

  @inlinable
  package init(_ elements: [Element]) {
    base = elements
    range = 0..<elements.count
  }

  private init(base: [Element], range: Range<Int>) {
    self.base = base
    self.range = range
  }

  /// Fills a new buffer of `count` elements; `fill` must append exactly that many.
  package init<E: Error>(count: Int, filling fill: (inout OutputSpan<Element>) throws(E) -> Void) throws(E) {
    self.init(try [Element](capacity: count, initializingWith: fill))
    precondition(base.count == count, "a buffer must be filled")
  }

  /// The value of each place in turn: the loop that vectorises, in other modules too.
  @inlinable @inline(__always)
  package init(count: Int, eachPlace value: (Int) -> Element) {
    // SAFETY: every place below `count` is written once, in order, before the count is set to it.
    self.init(
      unsafe [Element](unsafeUninitializedCapacity: count) { memory, filled in
        for place in 0..<count { unsafe memory[place] = value(place) }
        filled = count
      })
  }

  package init(repeating element: Element, count: Int) {
    self.init([Element](repeating: element, count: count))
  }

  @inlinable
  package var count: Int { range.count }

  @inlinable
  package var span: Span<Element> {
    @inline(__always)
    @_lifetime(borrow self) get { base.span.extracting(range) }
  }

  /// The elements as an array: shared, but for a slice.
  @inlinable
  package var array: [Element] { range.count == base.count ? base : Array(base[range]) }

  /// One element; for loops take `span` first.
  @inlinable
  package subscript(index: Int) -> Element { base[range.lowerBound + index] }

  /// The elements in some ranges, end to end, a copy.
  ///
  /// - Precondition: the ranges hold `count` elements together.
  func copied(_ ranges: [Range<Int>], count: Int) -> Buffer {
    let source = span
    // SAFETY: each range is extracted with its bounds checked; what is written is counted before it is written.
    return Buffer(
      unsafe [Element](unsafeUninitializedCapacity: count) { memory, filled in
        for range in ranges {
          let part = source.extracting(range)
          precondition(filled + part.count <= count)
          unsafe part.withUnsafeBufferPointer { part in
            guard let start = part.baseAddress else { return }
            unsafe (memory.baseAddress! + filled).initialize(from: start, count: part.count)
          }
          filled += part.count
        }
        precondition(filled == count)
      })
  }

  /// The elements in `bounds`, sharing the memory.
  package func slice(_ bounds: Range<Int>) -> Buffer {
    precondition(bounds.lowerBound >= 0 && bounds.upperBound <= count)
    return Buffer(base: base, range: range.lowerBound + bounds.lowerBound..<range.lowerBound + bounds.upperBound)
  }
}
