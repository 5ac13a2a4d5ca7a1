import Foundation
import JSON
import Text
import Time

/// The kind of change that a call asks for, and the tasks that it names.
struct CallEffect: Sendable, Hashable {
    enum Kind: Sendable, Hashable {
        case add, complete, reopen, delete, update, undo
    }

    let kind: Kind
    /// Nil where the call names no tasks, such as "all completed ones".
    let ids: Set<Int>?
    /// The title of a task to add.
    let title: String?

    /// When the task is due, as the call says it.
    let due: JSONValue?
    let hasRecurrence: Bool

    /// - Returns: Nil for a call that changes nothing.
    init?(_ name: String, _ arguments: JSONObject) {
        switch name {
        case "add_task": kind = .add
        case "complete_task": kind = arguments["completed"]?.bool == false ? .reopen : .complete
        case "delete_task": kind = .delete
        case "update_task": kind = .update
        case "undo": kind = .undo
        case "bulk_update_tasks":
            switch arguments["action"]?.string {
            case "complete": kind = .complete
            case "reopen": kind = .reopen
            case "delete": kind = .delete
            default: kind = .update
            }
        default: return nil
        }
        due = arguments["due_at"]
        hasRecurrence = arguments["recurrence"]?.string.map { !$0.isBlank } ?? false
        title = kind == .add ? arguments["title"]?.string : nil
        if let id = arguments["task_id"]?.integer {
            ids = [id]
        } else {
            ids = arguments["task_ids"]?.array.map { Set($0.compactMap(\.integer)) }
        }
    }

    /// Returns whether a call does a part of what this effect asks for, and nothing else.
    func includes(_ other: CallEffect) -> Bool {
        guard kind == other.kind else { return false }
        if let title, let otherTitle = other.title {
            let (words, otherWords) = (Self.stems(of: title), Self.stems(of: otherTitle))
            return words.isEmpty || !words.isDisjoint(with: otherWords)
        }
        guard let ids, let otherIDs = other.ids else { return true }
        return otherIDs.isSubset(of: ids)
    }

    /// Returns whether a call says what this effect leaves no doubt about: the day, the repetition, and a title without
    /// other words of the message.
    func agrees(with other: CallEffect, message: String, in timeZone: TimeZone) -> Bool {
        guard hasRecurrence == other.hasRecurrence || !hasRecurrence else { return false }
        if let due, !due.isNull {
            // Days in words are left to the tool.
            guard let wanted = Self.day(of: due, in: timeZone) else { return true }
            guard let otherDue = other.due, !otherDue.isNull else { return false }
            if let day = Self.day(of: otherDue, in: timeZone), day != wanted { return false }
        }
        guard let title, let otherTitle = other.title else { return true }
        let stray = Self.stems(of: otherTitle).subtracting(Self.stems(of: title))
        return stray.intersection(Self.stems(of: message)).count < Self.strayWords
    }

    /// Returns the day of a time with an offset, or of a date; nil for anything else.
    private static func day(of due: JSONValue, in timeZone: TimeZone) -> String? {
        guard let text = due.string else { return nil }
        if let time = Timestamp(rfc3339: text) {
            let shifted = time.adding(seconds: timeZone.secondsFromGMT(for: time.date))
            return String(shifted.rfc3339.prefix(10))
        }
        let day = text.prefix(10)
        return day.utf8.count == 10 && Timestamp(rfc3339: day + "T00:00:00Z") != nil ? String(day) : nil
    }

    /// The number of words of a message in a title that show that it takes in more than the task.
    private static let strayWords = 3

    /// The beginnings of the words of a title, which endings do not change.
    private static func stems(of title: String) -> Set<Substring> { Set(MessageWords.of(title).map { $0.prefix(4) }) }
}
