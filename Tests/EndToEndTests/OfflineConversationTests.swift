import Foundation
import GRDB
import JSON
import TestSupport
import Testing

@Suite(.serialized, .timeLimit(.minutes(3))) struct OfflineConversationTests {
    @Test("The eight sentences, said over HTTPS, leave the right rows in the user's database")
    func eightSentences() async throws {
        try await Deployment.run { site in
            let token = try await site.token("globex", "dana")
            try await site.serve { _ in
                for title in ["Call mom", "Prepare the meeting"] {
                    let answer = try await site.curl("POST", "/api/dana/tasks", token: token, title: title)
                    #expect(answer.status == 201)
                }
                var conversation: JSONValue = .null
                var answers: [String] = []
                for sentence in [
                    "Add a task to buy groceries", "Show me all my tasks", "What's pending?", "Mark task 3 as complete",
                    "Delete the meeting task", "Change task 1 to 'Call mom tonight'", "I need to remember to pay bills",
                    "What have I completed?",
                ] {
                    let answer = try await site.curl.chat("dana", sentence, token: token, conversation: conversation)
                    #expect(answer.status == 200, "\(sentence): \(answer.body)")
                    conversation = try #require(answer.json["conversation_id"])
                    answers.append(try #require(answer.json["response"]?.string))
                }
                for title in ["Call mom", "meeting", "groceries"] {
                    #expect(answers[1].localizedCaseInsensitiveContains(title))
                    #expect(answers[2].localizedCaseInsensitiveContains(title))
                }
                #expect(answers[7].localizedCaseInsensitiveContains("groceries"))
                #expect(!answers[7].localizedCaseInsensitiveContains("bills"))
            }
            let path = try #require(try site.databases(of: "globex").first)
            let rows = try await DatabaseQueue(path: path).read { database in
                try Row.fetchAll(database, sql: "SELECT id, title, completed_at IS NOT NULL FROM todo ORDER BY id")
                    .map { "\($0[0] as Int) \(($0[1] as String).lowercased()) \($0[2] as Bool)" }
            }
            #expect(rows == ["1 call mom tonight false", "3 buy groceries true", "4 pay bills false"])
        }
    }

    @Test("Two users and two tenants never share a file, and each file says whose it is")
    func files() async throws {
        try await Deployment.run { site in
            try await site.serve { _ in
                for (tenant, user) in [("acme", "alice"), ("acme", "bob"), ("globex", "alice")] {
                    let token = try await site.token(tenant, user)
                    let title = "\(tenant)'s \(user)"
                    #expect(
                        try await site.curl("POST", "/api/\(user)/tasks", token: token, title: title).status == 201)
                    let tasks = try await site.curl("GET", "/api/\(user)/tasks", token: token).json
                    #expect(tasks["items"]?.array?.map { $0["title"] } == [.string(title)])
                }
                // A user who has only read has no file.
                let reader = try await site.token("acme", "carol")
                #expect(try await site.curl("GET", "/api/carol/tasks", token: reader).status == 200)
            }
            let databases = try site.databases(of: "acme") + site.databases(of: "globex")
            #expect(databases.count == 3)
            var owners: [String] = []
            for path in databases {
                let (owner, title) = try await DatabaseQueue(path: path).read { database in
                    (
                        try String.fetchOne(database, sql: "SELECT tenant || '''s ' || user FROM owner"),
                        try String.fetchAll(database, sql: "SELECT title FROM todo")
                    )
                }
                #expect(title == [owner])
                owners.append(owner ?? "")
            }
            #expect(owners.sorted() == ["acme's alice", "acme's bob", "globex's alice"])
        }
    }
}
