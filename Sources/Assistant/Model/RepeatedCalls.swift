import JSON
import ProviderKit
import Text
import TodoStore
import TodoTools

/// The calls of a turn that are equal to an earlier successful one.
enum RepeatedCalls {
    /// Returns the result of the earlier call that a changing call repeats; nil where the call has to run.
    ///
    /// A message that asks for several of a thing ("add two tasks called milk") allows as many equal calls.
    static func result(
        of name: String, _ arguments: JSONObject, in earlier: [StoredMessage.ToolCall], toolbox: Toolbox,
        message: String
    ) -> JSONValue? {
        guard toolbox.changesTasks(name) else { return nil }
        let equal = earlier.filter { $0.succeeded(name, arguments) }
        guard let first = equal.first, equal.count >= wantedCount(in: message) else { return nil }
        return first.result
    }

    /// Returns whether a call tells the model nothing new: a changing call that does not run again, or one after whose
    /// equal, which read or failed, nothing has changed.
    static func isRepetition(
        _ call: ToolCall, of earlier: [StoredMessage.ToolCall], in toolbox: Toolbox, message: String
    ) -> Bool {
        if toolbox.changesTasks(call.name),
            result(of: call.name, call.arguments, in: earlier, toolbox: toolbox, message: message) != nil
        {
            return true
        }
        let isChange = toolbox.changesTasks(call.name)
        guard
            let last = earlier.lastIndex(where: {
                $0.tool == call.name && $0.arguments == call.arguments && !(isChange && $0.isSuccess)
            })
        else { return false }
        return !earlier[last...].contains { $0.isSuccess && toolbox.changesTasks($0.tool) }
    }

    /// Whether a message asks for several of a thing.
    static func asksForSeveral(_ message: String) -> Bool { wantedCount(in: message) > 1 }

    /// The number of equal calls that a message may ask for: the largest number in it that is no time, date or id, at
    /// least one.
    private static func wantedCount(in message: String) -> Int {
        let words = message.utf8.prefix(mostBytes).split { byte in
            !(0x30...0x39).contains(byte) && !(0x61...0x7A).contains(byte.lowercasedASCII) && byte < 0x80
        }.map { String(decoding: $0.map(\.lowercasedASCII), as: UTF8.self) }
        var most = 1
        for (index, word) in words.enumerated() {
            if let count = vague[word] { most = max(most, count) }
            guard let number = NumberWords.number(word) else { continue }
            let (previous, next) = (index > 0 ? words[index - 1] : "", index + 1 < words.count ? words[index + 1] : "")
            if !before.contains(previous), !after.contains(next) { most = max(most, min(number, mostCalls)) }
        }
        return most
    }

    /// More than the calls of a message that are run.
    private static let mostCalls = 16
    private static let mostBytes = 8192

    /// Words that ask for more than one without a number.
    private static let vague: [String: Int] = [
        "twice": 2, "both": 2, "again": 2, "another": 2, "copies": mostCalls, "several": mostCalls, "zweimal": 2,
        "nochmal": 2, "mehrere": mostCalls, "varias": mostCalls, "varios": mostCalls,
    ]
    /// Words before a number that is a time, a date or an id.
    private static let before: Set<String> = [
        "at", "by", "before", "after", "until", "till", "from", "on", "in", "task", "number", "id", "um", "bis", "ab",
        "vor", "nach", "aufgabe", "nummer", "las", "tarea",
    ]
    /// Words after a number that is a time, a date or a duration.
    private static let after: Set<String> = [
        "am", "pm", "o", "uhr", "h", "minutes", "hours", "days", "weeks", "months", "minuten", "stunden", "tage",
        "tagen",
        "wochen", "monate", "minutos", "horas", "semanas", "meses",
    ]
}

extension StoredMessage.ToolCall {
    fileprivate var isSuccess: Bool { result["error"] == nil }

    fileprivate func succeeded(_ name: String, _ arguments: JSONObject) -> Bool {
        isSuccess && tool == name && self.arguments == arguments
    }
}
