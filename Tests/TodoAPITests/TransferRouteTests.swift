import Foundation
import HTTPTypes
import JSON
import Testing
import Time
import TodoStore

@testable import TodoAPI

@Suite struct TransferRouteTests {
    private func fill(_ api: APIFixture, _ token: String) async throws {
        let tasks: [JSONValue] = [
            [
                "title": "=SUM(A1), \"quoted\"", "description": "two\nlines; a, b\\c", "tags": ["a;b", "c,d"],
                "due_at": "2026-12-01T09:00:00Z", "recurrence": "FREQ=WEEKLY;BYDAY=TU", "priority": "high",
            ],
            ["title": .string("'Grüße' 😀 " + String(repeating: "ü", count: 60))],
        ]
        for task in tasks { _ = try await api.send(.post, "/api/alice/tasks", token: token, body: task) }
        _ = try await api.send(.patch, "/api/alice/tasks/2/complete", token: token, raw: nil)
    }

    private static let kept = ["title", "description", "completed", "priority", "tags", "due_at", "recurrence"]

    @Test("What is exported is imported again as it was", arguments: ["json", "csv"])
    func roundTrip(format: String) async throws {
        try await APIFixture.run { api in
            let (alice, bob) = (try api.token("alice"), try api.token("bob"))
            try await fill(api, alice)
            let export = try await api.send(.get, "/api/alice/tasks/export?format=\(format)", token: alice)
            #expect(export.status == 200)
            let imported = try await api.send(
                .post, "/api/bob/tasks/import", token: bob, raw: export.text,
                headers: [.contentType: format == "csv" ? "text/csv; charset=utf-8" : "application/json"])
            #expect(imported.json == ["imported": 2, "rejected": [], "rejected_count": 0])
            let originals = try await api.send(.get, "/api/alice/tasks", token: alice).json?["items"]?.array ?? []
            let copies = try await api.send(.get, "/api/bob/tasks", token: bob).json?["items"]?.array ?? []
            for name in Self.kept { #expect(originals.map { $0[name] } == copies.map { $0[name] }) }
            let changes = try await api.send(.get, "/api/bob/changes", token: bob)
            #expect(changes.json?["items"]?.array?.map { $0["actor"] } == ["import", "import"])
            _ = try await api.send(.post, "/api/bob/undo", token: bob, raw: nil)
            #expect(try await api.send(.get, "/api/bob/tasks", token: bob).json?["items"] == [])
        }
    }

    @Test("A calendar has an entry for each task, in lines of 75 bytes")
    func calendar() async throws {
        try await APIFixture.run { api in
            let token = try api.token("alice")
            try await fill(api, token)
            let reply = try await api.send(.get, "/api/alice/tasks/export?format=ics", token: token)
            #expect(reply.headers[.contentType] == "text/calendar; charset=utf-8; component=VTODO")
            let lines = reply.text.components(separatedBy: "\r\n")
            #expect(lines.allSatisfy { $0.utf8.count <= 75 })
            let unfolded = reply.text.replacing("\r\n ", with: "").components(separatedBy: "\r\n")
            #expect(unfolded.first == "BEGIN:VCALENDAR" && unfolded.suffix(2) == ["END:VCALENDAR", ""])
            for line in [
                "UID:task-1@alice.acme", #"SUMMARY:=SUM(A1)\, "quoted""#, #"DESCRIPTION:two\nlines\; a\, b\\c"#,
                "DUE:20261201T090000Z", "RRULE:FREQ=WEEKLY;BYDAY=TU", "DTSTART:20261201T085959Z", "PRIORITY:1",
                #"CATEGORIES:a\;b,c\,d"#, "STATUS:NEEDS-ACTION", "STATUS:COMPLETED",
            ] { #expect(unfolded.contains(line), "\(line)") }
        }
    }

    @Test("A repetition stands in the calendar in the time zone of its rule, with an end of the same kind")
    func calendarZone() throws {
        let zone = CalendarZone(timeZone: try #require(TimeZone(identifier: "America/New_York")))
        // A Thursday in New York, and a Friday in UTC.
        let due = try #require(Timestamp(rfc3339: "2026-11-27T04:59:59Z"))
        #expect(zone.property("DUE", due) == "DUE;TZID=America/New_York:20261126T235959")
        #expect(zone.rule("FREQ=WEEKLY;BYDAY=TH;UNTIL=20261224") == "FREQ=WEEKLY;BYDAY=TH;UNTIL=20261225T045959Z")
        #expect(zone.rule("UNTIL=20270704;FREQ=DAILY") == "UNTIL=20270705T035959Z;FREQ=DAILY")
        #expect(zone.rule("FREQ=DAILY;UNTIL=20261224T120000Z") == "FREQ=DAILY;UNTIL=20261224T120000Z")
        let lines = zone.component(now: due)
        #expect(lines.prefix(2) == ["BEGIN:VTIMEZONE", "TZID:America/New_York"] && lines.last == "END:VTIMEZONE")
        let spring = [
            "BEGIN:DAYLIGHT", "DTSTART:20270314T020000", "TZOFFSETFROM:-0500", "TZOFFSETTO:-0400", "END:DAYLIGHT",
        ]
        #expect(lines.contains(spring))
        let plain = CalendarZone(timeZone: .gmt)
        #expect(plain.component(now: due).isEmpty)
        #expect(plain.property("DUE", due) == "DUE:20261127T045959Z")
    }

    @Test("Formulas are texts in a spreadsheet")
    func formulas() async throws {
        try await APIFixture.run { api in
            let token = try api.token("alice")
            try await fill(api, token)
            let csv = try await api.send(.get, "/api/alice/tasks/export?format=csv", token: token).text
            #expect(csv.contains(#""'=SUM(A1), ""quoted""""#))
        }
    }

    @Test("An export of many tasks has all of them, and of none is well-formed")
    func pages() async throws {
        try await APIFixture.run { api in
            let token = try api.token("alice")
            let empty = try await api.send(.get, "/api/alice/tasks/export", token: token)
            #expect(empty.json == [])
            let rows = (1...250).map { "task \($0)" }.joined(separator: "\n")
            let imported = try await api.send(
                .post, "/api/alice/tasks/import", token: token, raw: "title\n" + rows,
                headers: [.contentType: "text/csv"])
            #expect(imported.json?["imported"] == 250)
            let export = try await api.send(.get, "/api/alice/tasks/export?format=json", token: token)
            #expect(export.json?.array?.map { $0["id"] } == (1...250).map { .integer($0) })
            #expect(try await api.send(.get, "/api/alice/tasks/export?format=xml", token: token).status == 400)
        }
    }

    @Test("Bad rows are told of, and the good ones are there")
    func reports() async throws {
        try await APIFixture.run { api in
            let token = try api.token("alice")
            let reply = try await api.send(
                .post, "/api/alice/tasks/import", token: token,
                body: [
                    ["title": "good"], ["title": ""], 3, ["title": "x", "priority": "urgent", "colour": "red"],
                    ["title": "also good", "completed": true],
                ])
            #expect(reply.json?["imported"] == 2)
            let rejected = try #require(reply.json?["rejected"]?.array)
            #expect(rejected.map { $0["row"] } == [2, 3, 4])
            #expect(rejected[2]["errors"]?.array?.map { $0["field"] } == ["priority", "colour"])

            let csv = "Title,due_at\r\nfine,\r\nbad,tomorrow\r\nlong,,\r\n\r\n\"fine, too\",2026-12-01T09:00:00Z"
            let rows = try await api.send(
                .post, "/api/alice/tasks/import", token: token, raw: csv, headers: [.contentType: "text/csv"])
            #expect(rows.json?["imported"] == 2)
            #expect(rows.json?["rejected"]?.array?.map { $0["row"] } == [2, 3])

            let lines = try await api.send(
                .post, "/api/alice/tasks/import", token: token, raw: "title,description\r\nlast,\"one\r\ntwo\"\r\n",
                headers: [.contentType: "text/csv"])
            #expect(lines.json == ["imported": 1, "rejected": [], "rejected_count": 0])
            let last = try await api.send(.get, "/api/alice/tasks?search=last", token: token)
            #expect(last.json?["items"]?.array?.first?["description"] == "one\ntwo")
        }
    }

    @Test(
        "What is no list of tasks is refused as a whole",
        arguments: [
            ("application/json", "{}", 400), ("application/json", "[", 400), ("text/plain", "title", 415),
            ("text/csv", "", 422), ("text/csv", "name\nx", 422), ("text/csv", "title,title\nx,y", 422),
            ("text/csv", "title\n\"open", 422), ("text/csv", "title\nop\"en", 422), ("text/csv", "title\n\"a\"b", 422),
            ("text/csv", "title\na\rb", 422), ("text/csv", "title\n\u{0}", 200),
        ])
    func refuses(type: String, body: String, status: Int) async throws {
        try await APIFixture.run { api in
            let token = try api.token("alice")
            let reply = try await api.send(
                .post, "/api/alice/tasks/import", token: token, raw: body, headers: [.contentType: type])
            #expect(reply.status == status)
            #expect(try await api.send(.get, "/api/alice/tasks", token: token).json?["items"] == [])
        }
    }

    @Test("More than a megabyte is too much")
    func tooLarge() async throws {
        try await APIFixture.run { api in
            let token = try api.token("alice")
            let body = "title\n" + String(repeating: "x\n", count: 600_000)
            let reply = try await api.send(
                .post, "/api/alice/tasks/import", token: token, raw: body, headers: [.contentType: "text/csv"])
            #expect(reply.status == 413 && reply.code == "payload_too_large")
        }
    }

    @Test("Of many bad rows a hundred are told, and all are counted")
    func manyRejections() async throws {
        try await APIFixture.run { api in
            let token = try api.token("alice")
            let rows = String(repeating: "\n,x", count: 5_000)
            for (type, body) in [
                ("text/csv", "title,due_at" + rows + "\nfine,"),
                ("application/json", "[" + String(repeating: "{},", count: 5_000) + "{\"title\":\"fine\"}]"),
            ] {
                let reply = try await api.send(
                    .post, "/api/alice/tasks/import", token: token, raw: body, headers: [.contentType: type])
                #expect(reply.json?["imported"] == 1 && reply.json?["rejected_count"] == 5_000)
                #expect(reply.json?["rejected"]?.array?.count == 100)
                #expect(reply.text.utf8.count < 40_000)
            }
            // One row with fifty errors.
            let members = (1...50).map { "\"x\($0)\":1" }.joined(separator: ",")
            let reply = try await api.send(
                .post, "/api/alice/tasks/import", token: token, raw: "[{\(members)}]")
            #expect(reply.json?["rejected"]?.array?.first?["errors"]?.array?.count == 10)
        }
    }

    @Test("An import of more tasks than there may be is over as soon as that is known")
    func tooManyRows() async throws {
        var report = ImportReport(now: .now, maximumRows: 2)
        do {
            try await report.read((1...5).map { ["title": .string("task \($0)")] })
            Issue.record("five tasks are taken")
        } catch StoreError.quotaExceeded(.tasks) {}
        #expect(report.rows.count == 3)
    }

    @Test("Cells are read as RFC 4180 has them")
    func csv() throws {
        func rows(_ bytes: some Collection<UInt8>) throws -> [[String]] {
            var reader = CSVReader(bytes)
            var rows: [[String]] = []
            while let row = try reader.next() { rows.append(row.cells) }
            return rows
        }
        #expect(try rows("a,b\r\n\"1,\"\"2\r\n\",\n,\n".utf8) == [["a", "b"], ["1,\"2\n", ""], ["", ""]])
        #expect(try rows("\"\"\n\r\n\nx".utf8) == [[""], ["x"]])
        #expect(throws: CSV.Malformed.self) { try rows([0x61, 0x0A, 0xFF]) }
        // A quote with a combining mark is one character, but two bytes for the reader.
        #expect(try rows(CSV.line(["\"\u{301}x", "y"]).utf8) == [["\"\u{301}x", "y"]])
        #expect(TodoCSV.object(["tags"], ["a;\u{301}b"])["tags"] == ["a", "\u{301}b"])
    }
}
