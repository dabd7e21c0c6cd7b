import BilanColumnar
import BilanDiagnostics
import Testing

@testable import BilanReaders

/// Documents that hold a part of a list, as services send it page by page.
@Suite struct JSONPageTests {
  @Test(arguments: [
    (#"{"count": 250, "next": "https://x/?page=2", "results": [{"a": 1}]}"#, "next"),
    (#"{"value": [{"a": 1}], "@odata.nextLink": "https://x"}"#, "@odata.nextLink"),
    (#"{"pager": {"page": 1, "pageCount": 3, "nextPage": "https://x"}, "rows": [{"a": 1}]}"#, "pager.nextPage"),
    (#"{"meta": {"current_page": 1, "last_page": 4}, "data": [{"a": 1}]}"#, "meta.current_page"),
    (#"{"_links": {"next": {"href": "/x?page=2"}}, "items": [{"a": 1}]}"#, "_links.next"),
    (#"{"has_more": true, "data": [{"a": 1}]}"#, "has_more"),
    (#"[{"page": 1, "pages": 7}, [{"a": 1}]]"#, "page"),
    (#"{"result": {"records": [{"a": 1}], "total": 500, "limit": 1}}"#, "result.total"),
    (#"{"total_count": 500, "results": [{"a": 1}]}"#, "total_count"),
    (#"{"total_count": 500, "incomplete_results": false, "items": [{"a": 1}]}"#, "total_count"),
    (#"{"success": true, "result": {"count": 500, "results": [{"a": 1}]}}"#, "result.count"),
    (#"{"response": {"numFound": 120, "start": 0, "docs": [{"a": 1}]}}"#, "response.numFound"),
    (#"{"pager": {"page": 1, "pageSize": 50, "isLastPage": false}, "rows": [{"a": 1}]}"#, "pager.isLastPage"),
    (#"{"header": {"total": 90, "debut": 0, "nombre": 1}, "unites": [{"a": 1}]}"#, "header.total"),
    (#"{"nhits": 1500, "parameters": {"rows": 1}, "records": [{"a": 1}]}"#, "nhits"),
    (#"{"@odata.count": 5000, "value": [{"a": 1}]}"#, "@odata.count"),
    (#"{"odata.count": "5000", "value": [{"a": 1}]}"#, "odata.count"),
    (#"{"hits": {"total": {"value": 10000, "relation": "gte"}, "hits": [{"a": 1}]}}"#, "hits.total.value"),
    (#"{"took": 3, "_shards": {"total": 5}, "hits": {"total": 10000, "hits": [{"a": 1}]}}"#, "hits.total"),
  ])
  func aPageOfSeveral(text: String, name: String) throws {
    let table = try openJSON(text)
    #expect(codes(table) == [.sheetsNotRead])
    #expect(
      table.report.notes[0].message.english.contains("`\(name)` says"), "\(table.report.notes[0].message.english)")
    #expect(try columns(table)[0] == [.integer(1)])
  }

  @Test(arguments: [
    #"{"count": 1, "next": null, "results": [{"a": 1}]}"#, #"{"next": "", "results": [{"a": 1}]}"#,
    #"{"page": 7, "pages": 7, "results": [{"a": 1}]}"#, #"{"has_more": false, "data": [{"a": 1}]}"#,
    #"[{"page": 1, "pages": 1}, [{"a": 1}]]"#, #"[{"next": "x", "a": 1}]"#, #"{"data": [{"next": "b", "a": 1}]}"#,
    #"{"records": [{"a": 1}], "total": 500}"#, #"{"records": [{"a": 1}], "total": 1, "limit": 1}"#,
    #"{"_links": {"next": {"href": null}}, "items": [{"a": 1}]}"#, #"{"persons": {"count": 9}, "data": [{"a": 1}]}"#,
    #"{"start": 2019, "total": 15000, "data": [{"a": 1}]}"#,
    #"{"pager": {"page": 1, "total": 1, "isLastPage": true}, "rows": [{"a": 1}]}"#,
    #"{"@odata.count": 1, "value": [{"a": 1}]}"#,
    #"{"_shards": {"total": 5}, "hits": {"total": {"value": 1, "relation": "eq"}, "hits": [{"a": 1}]}}"#,
    #"{"total": {"value": 5000}, "data": [{"a": 1}]}"#,
  ])
  func allThereIs(text: String) throws { #expect(codes(try openJSON(text)).isEmpty) }
}
