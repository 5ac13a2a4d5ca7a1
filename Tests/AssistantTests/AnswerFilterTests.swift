import Testing

@testable import Assistant

@Suite struct AnswerFilterTests {
    private func shown(_ text: String, in pieces: Int, message: String = "Hi") -> (text: String, hasNotation: Bool) {
        var filter = AnswerFilter(message: message)
        var shown = ""
        var rest = Substring(text)
        while !rest.isEmpty {
            shown += filter.pass(String(rest.prefix(pieces)))
            rest = rest.dropFirst(pieces)
        }
        return (shown + filter.finish(), filter.hasNotation)
    }

    @Test(
        "Plain text passes unchanged, however it is cut",
        arguments: [
            "Hello, {name}!", "Tasks: [1, 2] and [x]", "a < b and <b>bold</b>", "Use `milk` or ``it``.",
            "```\nplain words\n```", "Braces { and } alone", "Ünï<cödé> 🙂 {…}", "[", "{", "```", "<tool",
        ])
    func passes(text: String) {
        for pieces in [1, 3, 1000] {
            let (result, hasNotation) = shown(text, in: pieces)
            #expect(result == text)
            #expect(!hasNotation)
        }
    }

    @Test(
        "From JSON or a written call on, nothing is shown",
        arguments: [
            ("", #"{"name": "add_task", "arguments": {}}"#), ("Sure: ", "{ \"a\": 1 } and more"),
            ("", "```json\n{\"a\": 1}\n```"), ("Ok ", "```\n[{\"id\": 1}]```"), ("", "{{\"name\": \"x\"}}"),
            ("Yes. ", "<tool_call>\n{}"), ("", "<tools>"), ("Hm ", "<function=add_task>"), ("", "[ { \"id\" : 1 } ]"),
        ])
    func drops(plain: String, notation: String) {
        for pieces in [1, 2, 1000] {
            let (result, hasNotation) = shown(plain + notation, in: pieces)
            #expect(result == plain)
            #expect(hasNotation)
        }
    }

    @Test("A user who asks for JSON is shown it")
    func json() {
        #expect(shown(#"{"a": 1}"#, in: 2, message: "Give me that as JSON").text == #"{"a": 1}"#)
    }
}
