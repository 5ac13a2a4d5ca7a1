import Foundation
import JSON
import Logging
import Text
import Time
import TodoStore

/// A log handler that writes each event as one line to standard error.
///
/// All texts are made printable, because they can come from a provider, a model or a file: none ends the line, controls
/// the terminal or is longer than `limit`.
struct LineLogHandler: LogHandler {
    static let limit = 2000

    let label: String
    let format: LogFormat
    var logLevel: Logger.Level
    var metadata: Logger.Metadata = [:]
    var metadataProvider: Logger.MetadataProvider?
    private let write: @Sendable (String) -> Void

    /// Creates a handler.
    ///
    /// - Parameter write: Writes a line, including its newline.
    init(
        label: String, level: Logger.Level, format: LogFormat,
        write: @escaping @Sendable (String) -> Void = StandardError.write
    ) {
        self.label = label
        self.format = format
        self.write = write
        logLevel = level
    }

    subscript(metadataKey key: String) -> Logger.Metadata.Value? {
        get { metadata[key] }
        set { metadata[key] = newValue }
    }

    func log(event: LogEvent) {
        var all = metadata
        if let provided = metadataProvider?.get() { all.merge(provided) { $1 } }
        if let own = event.metadata { all.merge(own) { $1 } }
        let fields = all.sorted { $0.key < $1.key }.map { (Self.printable($0.key), Self.json($0.value)) }
        let (time, message) = (Timestamp.now.rfc3339, Self.printable(event.message.description))
        // One write per line, so that lines of concurrent threads do not mix.
        switch format {
        case .text:
            let words = fields.map { " \($0)=\($1.string ?? $1.text)" }.joined()
            write("\(time) \(event.level.rawValue) \(label):\(words) [\(event.source)] \(message)\n")
        case .json:
            var line: JSONObject = [
                "time": .string(time), "level": .string(event.level.rawValue), "label": .string(label),
                "message": .string(message),
            ]
            for (key, value) in fields { line[key] = value }
            write(JSONValue.object(line).text + "\n")
        }
    }

    /// Returns numbers of `stringConvertible` as numbers, and all other values as printable text.
    private static func json(_ value: Logger.MetadataValue) -> JSONValue {
        if case .stringConvertible(let number) = value {
            if let number = number as? Int { return .integer(number) }
            if let number = number as? Double, number.isFinite { return .number(number) }
        }
        return .string(printable("\(value)"))
    }

    private static func printable(_ text: String) -> String { text.printable(limit: limit) }
}
