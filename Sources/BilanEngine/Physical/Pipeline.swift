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
