import Foundation
package import JSON

/// The server-sent events received so far by a running curl.
package struct EventStream: Sendable {
    /// An event with its name and data.
    package struct Event: Sendable, Equatable {
        package let name: String
        package let data: JSONValue
    }

    private let process: ChildProcess
    private let folder: TemporaryFolder

    init(process: ChildProcess, folder: TemporaryFolder) {
        self.process = process
        self.folder = folder
    }

    /// The complete events so far.
    package var events: [Event] { Self.parse(text) }

    /// All data received, including comments.
    package var text: String { folder.text(of: "stream") }

    /// Waits for the server to end the stream, and checks that curl succeeded.
    package func end() async throws -> [Event] {
        let ending = try await process.end(within: .seconds(60))
        guard ending == .exited(0) else { throw Curl.Failed(description: folder.text(of: "errors")) }
        return events
    }

    /// Waits for a matching event.
    package func event(_ what: String, _ isMeant: (Event) -> Bool) async throws -> Event {
        var found: Event?
        try await eventually(what) {
            found = events.first(where: isMeant)
            if found == nil, process.ending != nil { throw Curl.Failed(description: "the stream ended: \(text)") }
            return found != nil
        }
        guard let found else { throw TimedOut(description: what) }
        return found
    }

    /// Disconnects in the middle of the stream, like a closed browser.
    package func leave() { process.signal(9) }

    private static func parse(_ text: String) -> [Event] {
        // The text after the last empty line is incomplete.
        text.components(separatedBy: "\n\n").dropLast().compactMap { block in
            var name = "message"
            var data: [Substring] = []
            for line in block.split(separator: "\n") {
                if line.hasPrefix("event:") { name = String(line.dropFirst(6).drop { $0 == " " }) }
                if line.hasPrefix("data:") { data.append(line.dropFirst(5).drop { $0 == " " }) }
            }
            guard !data.isEmpty else { return nil }
            return Event(name: name, data: (try? JSONParser.parse(data.joined(separator: "\n"))) ?? .null)
        }
    }
}
