import Foundation
package import JSON

/// The server-sent events that a running curl has received so far.
package struct EventStream: Sendable {
    /// One event: its name and its data.
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

    /// All that has arrived, comments included.
    package var text: String { folder.text(of: "stream") }

    /// Waits for the server to end the stream, and for curl to say that it ended well.
    package func end() async throws -> [Event] {
        let ending = try await process.end(within: .seconds(60))
        guard ending == .exited(0) else { throw Curl.Failed(description: folder.text(of: "errors")) }
        return events
    }

    /// Waits until an event like this has arrived.
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

    /// Leaves in the middle of the stream, as a closed browser does.
    package func leave() { process.signal(9) }

    private static func parse(_ text: String) -> [Event] {
        // What follows the last empty line is still on its way.
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
