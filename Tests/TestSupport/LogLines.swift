package import Logging
import Synchronization

/// The log as lines, one per event.
package final class LogLines: Sendable {
    private let lines = Mutex<[String]>([])
    private let arrivals = ScriptedGate()

    package init() {}

    package var all: [String] { lines.withLock { $0 } }

    /// Waits for one more line.
    package func arrival() async { await arrivals.wait() }

    package var logger: Logger { Logger(label: "test") { _ in Handler(lines: self) } }

    private struct Handler: LogHandler {
        let lines: LogLines
        var logLevel = Logger.Level.notice
        var metadata: Logger.Metadata = [:]

        subscript(metadataKey key: String) -> Logger.Metadata.Value? {
            get { metadata[key] }
            set { metadata[key] = newValue }
        }

        func log(event: LogEvent) {
            let metadata = (event.metadata ?? [:]).sorted { $0.key < $1.key }.map { "\($0.key)=\($0.value)" }
            let line = ([event.level.rawValue, event.message.description] + metadata).joined(separator: " ")
            lines.lines.withLock { $0.append(line) }
            lines.arrivals.open()
        }
    }
}
