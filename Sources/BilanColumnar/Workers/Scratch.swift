/// Memory that several workers fill at once, each its own places.
///
/// Unchecked: whoever shares it sees to it that no place is written by two workers and that none is read before all are
/// done, as `Workers.run` ends with that. It lasts as long as the closure that it is given to.
@safe package final class Scratch<Element: BitwiseCopyable & Sendable>: @unchecked Sendable {
  private let memory: UnsafeMutableBufferPointer<Element>

  fileprivate init(_ memory: UnsafeMutableBufferPointer<Element>) { unsafe self.memory = memory }

  @inline(__always)
  package func put(_ element: Element, at place: Int) {
    unsafe precondition(place >= 0 && place < memory.count)
    // SAFETY: the place is within the memory, and a plain value needs no initialisation.
    unsafe memory[place] = element
  }

  /// Writes neighbouring places, from `place` on.
  package func put(_ elements: Buffer<Element>, at place: Int) {
    let source = elements.span
    unsafe precondition(place >= 0 && place + source.count <= memory.count)
    // SAFETY: the places are within the memory, and plain values need no initialisation. All at once: called from another
    // module, a loop would take each value for one of a type that it does not know.
    unsafe source.withUnsafeBufferPointer { source in
      guard let start = source.baseAddress, let target = unsafe memory.baseAddress else { return }
      unsafe (target + place).update(from: start, count: source.count)
    }
  }

  /// Neighbouring places, for loops of other modules, where each `put` would be a call; no longer than this lasts.
  package func memory(_ places: Range<Int>) -> UnsafeMutableBufferPointer<Element> {
    unsafe precondition(places.lowerBound >= 0 && places.upperBound <= memory.count)
    return unsafe UnsafeMutableBufferPointer(rebasing: memory[places])
  }

  /// How many of some places, which must have been written, hold something else.
  package func count(_ range: Range<Int>, otherThan element: Element) -> Int where Element: Equatable {
    unsafe precondition(range.lowerBound >= 0 && range.upperBound <= memory.count)
    var count = 0
    // SAFETY: the range is within the memory, and all of it was written, as the class demands.
    for place in range { unsafe count &+= memory[place] == element ? 0 : 1 }
    return count
  }

  /// A copy of what stands in some places, which must have been written.
  package func elements(_ range: Range<Int>) -> [Element] {
    unsafe precondition(range.lowerBound >= 0 && range.upperBound <= memory.count)
    // SAFETY: the range is within the memory, and all of it was written, as the class demands.
    return unsafe Array(UnsafeBufferPointer(rebasing: memory[range]))
  }
}

extension Buffer {
  /// A buffer whose every place `fill` writes, from as many threads as it likes.
  package init(count: Int, workersFill fill: (Scratch<Element>) -> Void) {
    // SAFETY: `fill` writes every place before the count is set, and the view does not outlive the closure.
    self.init(
      unsafe [Element](unsafeUninitializedCapacity: count) { memory, filled in
        unsafe fill(Scratch(UnsafeMutableBufferPointer(rebasing: memory[0..<count])))
        filled = count
      })
  }
}
