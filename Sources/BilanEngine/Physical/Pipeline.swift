import BilanColumnar
import BilanPlan

/// A stretch of the plan through which morsels flow without waiting for each other: source → steps → sink.
///
///     from results | where … | add … | summarize … | sort …
///     └ scan ─ filter ─ project ─▶ aggregate ┘
///                                  └ result ─▶ sort ┘
struct Pipeline: Sendable {
  indirect enum Source: Sendable {
    case scan(ScanNode)
    /// One row without columns.
    case unit
    /// What another pipeline gives.
    case result(Pipeline)
    /// The rows of the one, then of the other.
    case sequence(Pipeline, Pipeline)
  }

  /// What turns a chunk into a chunk, whatever the other chunks hold.
  enum Step: Sendable {
    /// Chunks that `skipping`, over columns as the source gives them, rules out are dropped unseen.
    case filter(Expression, skipping: [ColumnCondition] = [])
    case project([OutputExpression])
    /// Right rows for which `kept`, over the right columns of the output, is not true match without being joined: they
    /// are counted as what they are, matches, and dropped at once.
    case probe(JoinNode, build: Pipeline, kept: Expression?)
    case unpivot(UnpivotNode)
    case unnest(UnnestNode)
    case check(CheckNode)
  }

  /// What takes all chunks before it gives any.
  enum Sink: Sendable {
    case collect
    case limit(Range<Int>)
    case aggregate(AggregateNode)
    case sort(SortNode)
    case top(TopNode)
    case distinct
    case window(WindowNode)
    case complete(CompleteNode)
    case pivot(PivotNode)
    /// Adds the right rows that the probe, the last step, has not met.
    case fullJoin
  }

  var source: Source
  var steps: [Step] = []
  var sink = Sink.collect
}

extension Pipeline.Sink {
  /// Whether it wants only the first rows by a value, of which there are few and which has no words.
  var isLeading: Bool {
    switch self {
    case .top(let node):
      LeadingRows.canRank(node.by.type) && (1...LeadingRows.mostPlaces).contains(node.count)
    case .sort(let node):
      (1...LeadingRows.mostPlaces).contains(node.limit ?? 0)
        && node.keys.first.map { LeadingRows.canRank($0.expression.type) } ?? false
    default: false
    }
  }
}

extension Pipeline {
  /// Whether rows can flow through it that nobody keeps, and fewer come out than go in.
  var canStream: Bool {
    switch sink {
    case .aggregate, .distinct, .limit: true
    case .fullJoin: false
    case .collect, .sort, .top, .window, .complete, .pivot:
      sink.isLeading || steps.contains { if case .filter = $0 { true } else { false } }
    }
  }
}
