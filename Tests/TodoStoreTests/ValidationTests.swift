import JSON
import Testing
import Time

@testable import TodoStore

@Suite struct ValidationTests {
    private func draft(_ json: String) throws -> Result<TodoDraft, FieldErrors> {
        var fields = FieldReader(try #require(try JSONParser.parse(json).object))
        let draft = TodoDraft(fields: &fields)
        return Result { () throws(FieldErrors) in
            try fields.finish()
            return draft
        }
    }

    @Test("A whole draft is read, trimmed and put into its normal form")
    func wholeDraft() throws {
        let draft = try draft(
            #"{"title":" \u00a0Pay rent\t","description":"a\n\tb ","priority":"high","tags":[" home ","x"],"#
                + #""due_at":"2026-11-22T20:54:09+01:00","recurrence":"rrule:freq=monthly;bymonthday=-1"}"#
        ).get()
        #expect(draft.title == "Pay rent")
        #expect(draft.description == "a\n\tb")
        #expect(draft.priority == .high)
        #expect(draft.tags == ["home", "x"])
        #expect(draft.dueAt?.rfc3339 == "2026-11-22T19:54:09Z")
        #expect(draft.recurrence == "FREQ=MONTHLY;BYMONTHDAY=-1")
    }

    @Test("Null is as good as absent")
    func nulls() throws {
        let draft = try draft(
            #"{"title":"a","description":null,"priority":null,"tags":null,"due_at":null,"recurrence":null}"#
        ).get()
        #expect(draft == (try TodoDraft(title: "a")))
    }

    @Test("All that is wrong is told at once")
    func allErrors() throws {
        let errors = try draft(
            #"{"title":"  ","description":5,"priority":"urgent","tags":["a","a",""],"due_at":"soon","#
                + #""recurrence":"daily","owner":"bob"}"#)
        guard case .failure(let failure) = errors else {
            Issue.record("it was accepted")
            return
        }
        #expect(
            failure.errors.map(\.field) == [
                "title", "description", "priority", "tags[1]", "tags[2]", "due_at", "recurrence", "owner",
            ])
    }

    @Test(
        "Lengths count scalars, and at most four times as many bytes",
        arguments: [
            (TextRule.title, String(repeating: "a", count: 200), true),
            (.title, String(repeating: "a", count: 201), false),
            (.title, " " + String(repeating: "😀", count: 200) + " ", true),
            (.title, String(repeating: "👨‍👩‍👧", count: 41), false),
            (.title, "", false), (.title, "\u{2003} ", false), (.title, "a\nb", false), (.title, "a\u{0}b", false),
            (.title, "a\u{85}b", false), (.title, "a\u{7f}", false), (.title, "👨‍👩‍👧", true),
            (.description, "", true), (.description, "a\r\nb", false), (.description, "a\u{1b}[31m", false),
            (.description, String(repeating: "x", count: 1001), false),
            (.message, String(repeating: "x", count: 5000), true),
        ])
    func texts(rule: TextRule, text: String, isFine: Bool) {
        #expect(((try? rule.check(text)) != nil) == isFine)
    }

    @Test("Twenty tags are fine and twenty-one are not")
    func tagCount() throws {
        let tags = (1...21).map { "\"t\($0)\"" }
        #expect((try? draft(#"{"title":"a","tags":[\#(tags.dropLast().joined(separator: ","))]}"#).get()) != nil)
        #expect((try? draft(#"{"title":"a","tags":[\#(tags.joined(separator: ","))]}"#).get()) == nil)
    }

    @Test(
        "Recurrence rules of the contract's parts are accepted",
        arguments: [
            "FREQ=DAILY", "FREQ=DAILY;INTERVAL=2", "FREQ=WEEKLY;BYDAY=MO,WE,FR;COUNT=10", "BYDAY=1MO;FREQ=MONTHLY",
            "FREQ=MONTHLY;BYDAY=-1FR", "FREQ=MONTHLY;BYMONTHDAY=1,15,-1", "FREQ=YEARLY;BYMONTH=12;BYMONTHDAY=24",
            "FREQ=DAILY;UNTIL=20261224", "FREQ=DAILY;UNTIL=20261224T170000Z", "freq=weekly",
        ])
    func goodRules(text: String) throws {
        try #expect(RecurrenceRule(text).text == text.uppercased())
    }

    @Test(
        "Other recurrence rules are refused",
        arguments: [
            "", "daily", "FREQ=", "FREQ=HOURLY", "INTERVAL=2", "FREQ=DAILY;FREQ=DAILY", "FREQ=DAILY;INTERVAL=0",
            "FREQ=DAILY;INTERVAL=-1", "FREQ=DAILY;INTERVAL=+1", "FREQ=DAILY;COUNT=1;UNTIL=20261224",
            "FREQ=DAILY;UNTIL=20261324", "FREQ=DAILY;UNTIL=20261224T17", "FREQ=DAILY;UNTIL=20261224T170000",
            "FREQ=WEEKLY;BYDAY=1MO", "FREQ=WEEKLY;BYDAY=XX", "FREQ=WEEKLY;BYDAY=", "FREQ=WEEKLY;BYDAY=MO,",
            "FREQ=MONTHLY;BYDAY=54MO", "FREQ=MONTHLY;BYMONTHDAY=0", "FREQ=MONTHLY;BYMONTHDAY=32",
            "FREQ=WEEKLY;BYMONTHDAY=1", "FREQ=YEARLY;BYMONTH=13", "FREQ=DAILY;BYHOUR=9", "FREQ=DAILY;", "FREQ=DAILY;X",
            "FREQ=DAILY;UNTIL=2026١224", "FREQ=DAILY;COUNT=99999999999999999999",
            "FREQ=MONTHLY;BYMONTHDAY=--1", "FREQ=DAILY;" + String(repeating: "BYDAY=MO,", count: 100),
        ])
    func badRules(text: String) {
        #expect(throws: FieldError.self) { try RecurrenceRule(text) }
    }

    @Test("A merge patch keeps what is absent, clears what is null and sets the rest")
    func patch() throws {
        var fields = FieldReader(["title": "b", "description": nil, "tags": ["x"], "due_at": nil])
        let patch = TodoPatch(fields: &fields)
        try fields.finish()
        #expect(patch.title == .set("b"))
        #expect(patch.description == .clear)
        #expect(patch.priority == .keep)
        #expect(patch.tags == .set(["x"]))
        #expect(patch.dueAt == .clear)
        #expect(patch.recurrence == .keep)
    }

    @Test("A merge patch cannot clear a title or set what it does not know", arguments: ["title", "completed", "id"])
    func badPatch(name: String) {
        var fields = FieldReader(JSONObject([(name, .null)]))
        _ = TodoPatch(fields: &fields)
        #expect(throws: FieldErrors.self) { try fields.finish() }
    }

    @Test(
        "Only cursors that we wrote are read",
        arguments: [
            "", "AAAA", "not a cursor", "dGFza3MgaWQKMQpuMQ==", "dGFza3MgaWQKMQpuMR", "dGFza3MgaWQKLTEKbjE",
            "dGFza3MgaWQKMDEKbjE", "dGFza3MgaWQKMQp4MQ", "dGFza3MgaWQKMQpu", String(repeating: "A", count: 5000),
        ])
    func badCursors(text: String) {
        #expect(PageCursor(text) == nil)
    }

    @Test("A cursor reads what it wrote")
    func cursor() {
        let numbered = PageCursor(list: "tasks id", key: .number(-7), id: 3)
        let worded = PageCursor(list: "tasks title", key: .text("ä\nb"), id: 3)
        #expect(PageCursor(numbered.text) == numbered)
        #expect(PageCursor(worded.text) == worded)
    }
}
