import BilanColumnar

/// What each part of a run cost.
package struct ExecutionProfile: Sendable {
  /// A source, a step or a sink of one pipeline.
  package struct Stage: Sendable {
    /// Pipelines by number, in the order in which they ended.
    package var pipeline = 0
    package var name: String
    /// Rows that came in; of a source, that it gave.
    package var rows: Int
    /// Time of all workers together.
    package var nanoseconds: UInt64
    /// Of a source: bytes read from its file; 0 where it was in memory.
    package var byteCount = 0
    /// Of a source: row groups of its file; of its filter: chunks. None where nothing could be left out.
    package var parts = PartCount()
  }

  package internal(set) var stages: [Stage] = []
  private var pipelineCount = 0

  package init() {}

  mutating func add(_ stages: [Stage]) {
    for stage in stages {
      var stage = stage
      stage.pipeline = pipelineCount
      self.stages.append(stage)
    }
    pipelineCount += 1
  }
}

/// What the stages of one pipeline cost, kept with the tally while its morsels run.
struct StageCosts: Sendable {
  /// One a step, then the sink.
  var rows: [Int]
  var nanoseconds: [UInt64]

  init(stepCount: Int) {
    rows = [Int](repeating: 0, count: stepCount + 1)
    nanoseconds = [UInt64](repeating: 0, count: stepCount + 1)
  }

  /// Makes a place for a step whose work was done by another.
  mutating func insert(rows count: Int, at step: Int) {
    rows.insert(count, at: step)
    nanoseconds.insert(0, at: step)
  }

  mutating func add(_ later: StageCosts) {
    for index in rows.indices {
      rows[index] += later.rows[index]
      nanoseconds[index] += later.nanoseconds[index]
    }
  }
}

extension Pipeline {
  /// What `.profile` calls the source.
  var sourceName: String {
    switch source {
    case .scan(let node): "scan \(node.source.name)"
    case .unit: "unit"
    case .result: "result"
    case .sequence: "append"
    }
  }

  /// Whether the source is read here and not worked out by another pipeline, whose time is its own.
  var readsFile: Bool { if case .scan = source { true } else { false } }
}

extension Pipeline.Step {
  var name: String {
    switch self {
    case .filter: "filter"
    case .project: "project"
    case .probe(let node, _, _): "join \(node.kind.rawValue)"
    case .unpivot: "unpivot"
    case .unnest: "unnest"
    case .check: "check"
    }
  }
}

extension Pipeline.Sink {
  var name: String {
    switch self {
    case .collect: "collect"
    case .limit: "limit"
    case .aggregate: "aggregate"
    case .sort: "sort"
    case .top: "top"
    case .distinct: "distinct"
    case .window: "window"
    case .complete: "complete"
    case .pivot: "pivot"
    case .fullJoin: "join full, unmatched"
    }
  }
}
