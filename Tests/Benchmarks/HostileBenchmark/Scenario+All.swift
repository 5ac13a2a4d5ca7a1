import JSON
import TestSupport

extension Scenario {
    static let all: [Scenario] =
        [
            nothing, number, marks, clauses, origins, tokens, recurrence, reports, places, exporters, importers,
        ] + providers

    private static let marksText = String(repeating: "\u{301}", count: 4900)

    /// The baseline without an attack.
    private static let nothing = Scenario(id: "nothing") { _ in try? await Task.sleep(for: .seconds(5)) }

    /// A tool call with the smallest number.
    private static let number = Scenario(
        id: "number",
        reply: { _ in UpstreamChat.call("complete_task", ["task_id": .integer(.min)]) },
        prepare: { site in
            // The most similar of these would be suggested.
            for title in ["Milk", "Bread"] {
                _ = try await site.send(
                    "POST", "/api/eve/tasks", user: "eve", of: "mallory", body: #"{"title":"\#(title)"}"#)
            }
        },
        attack: { site in
            await site.attack("POST", "/api/eve/chat", user: "eve", of: "mallory", body: #"{"message":"Complete it"}"#)
        })

    /// Four chats of one user with combining marks.
    private static let marks = Scenario(id: "marks") { site in
        await endless(4) { _ in
            await site.attack(
                "POST", "/api/eve/chat", user: "eve", of: "loner", body: #"{"message":"add a\#(marksText)"}"#)
        }
    }

    /// Four chats of one user with ordinary words.
    private static let clauses = Scenario(id: "clauses") { site in
        let text = String(repeating: "remind me about the report and move the meeting to friday ", count: 40)
        await endless(4) { _ in
            await site.attack("POST", "/api/eve/chat", user: "eve", of: "loner", body: #"{"message":"\#(text)"}"#)
        }
    }

    /// A stranger's `Origin`, compared with those of all tenants.
    private static let origins = Scenario(id: "origins") { site in
        let origin = "https://" + String(repeating: "\u{301}", count: 1900)
        await endless(4) { _ in
            await site.attack("GET", "/healthz", user: "eve", of: "loner", headers: [("Origin", origin)])
        }
    }

    /// Tokens whose header has many members with names that are slow to compare.
    private static let tokens = Scenario(id: "tokens") { site in
        let names = (0..<40).map { #""\#(String(repeating: "\u{301}", count: 60))\#($0)":1"# }.joined(separator: ",")
        let header = Array("{\(names)}".utf8)
        let token =
            base64URL(header) + "." + base64URL(Array(#"{"sub":"a"}"#.utf8)) + "."
            + base64URL(Array(repeating: 0, count: 32))
        await endless(4) { _ in
            do {
                let answer = try await FastCGIClient.withConnection(unixPath: site.socket) {
                    try await $0.execute("GET", "/api/eve/tasks", headers: [("Authorization", "Bearer \(token)")])
                }
                site.note(answer.status)
            } catch {
                if !Task.isCancelled { site.note(0) }
            }
        }
    }

    /// Completions of tasks whose recurrence has no next date.
    private static let recurrence = Scenario(
        id: "recurrence",
        prepare: { site in
            for _ in 0..<80 {
                await site.attack(
                    "POST", "/api/eve/tasks", user: "eve", of: "mallory",
                    body:
                        #"{"title":"Never","due_at":"2026-01-01T10:00:00Z","recurrence":"FREQ=MONTHLY;BYMONTHDAY=1;BYDAY=5MO"}"#
                )
            }
        },
        attack: { site in
            await crowd(8) { number in
                let ids = (1...10).map { "\(number * 10 + $0)" }.joined(separator: ",")
                await site.attack(
                    "POST", "/api/eve/tasks/bulk", user: "eve", of: "mallory",
                    body: #"{"action":"complete","ids":[\#(ids)]}"#)
            }
        })

    /// Reports of imports that the client does not read.
    private static let reports = Scenario(id: "reports") { site in
        let csv = "title\n" + String(repeating: "\u{1}\n", count: 500_000)
        await crowd(16) { _ in
            await site.attackUnread(
                "POST", "/api/eve/tasks/import", user: "eve", of: "mallory", type: "text/csv", body: csv)
        }
    }

    /// Exports of one user that the client does not read, on more connections than there are places.
    private static let places = Scenario(id: "places", prepare: fill) { site in
        await crowd(1100) { _ in
            await site.attackUnread("GET", "/api/eve/tasks/export?format=json", user: "eve", of: "mallory")
        }
    }

    /// Eight users who export continuously.
    private static let exporters = Scenario(id: "exporters", prepare: fill) { site in
        await endless(8) { _ in await site.attack("GET", "/api/eve/tasks/export?format=ics", user: "eve", of: "mallory")
        }
    }

    /// Four users who import continuously.
    private static let importers = Scenario(id: "importers") { site in
        let csv = "title,tags\n" + String(repeating: "Milk,shop\n", count: 9000)
        await endless(4) { number in
            await site.attack(
                "POST", "/api/eve\(number)/tasks/import", user: "eve\(number)", of: "mallory", type: "text/csv",
                body: csv)
        }
    }

    /// Stores about 5,000 tasks of a thousand characters each.
    @Sendable private static func fill(_ site: Site) async throws {
        let text = String(repeating: "x", count: 990)
        for _ in 0..<6 {
            let rows = String(repeating: "Milk,\(text)\n", count: 900)
            _ = try await site.send(
                "POST", "/api/eve/tasks/import", user: "eve", of: "mallory", type: "text/csv",
                body: "title,description\n" + rows)
        }
    }

    private static func base64URL(_ bytes: [UInt8]) -> String {
        let alphabet = Array("ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_")
        var text = ""
        var (value, bits) = (0, 0)
        for byte in bytes {
            value = value << 8 | Int(byte)
            bits += 8
            while bits >= 6 {
                bits -= 6
                text.append(alphabet[value >> bits & 63])
            }
            value &= (1 << bits) - 1
        }
        if bits > 0 { text.append(alphabet[value << (6 - bits) & 63]) }
        return text
    }
}
