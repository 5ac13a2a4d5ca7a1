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

    /// The members of a task that the call sets.
    let members: JSONObject

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
        members =
            kind == .add || kind == .update
            ? JSONObject(
                arguments.members.filter { !Self.selectors.contains($0.name) }.map { ($0.name, $0.value) }) : [:]
        title = kind == .add ? arguments["title"]?.string : nil
        if let id = arguments["task_id"]?.integer {
            ids = [id]
        } else {
            ids = arguments["task_ids"]?.array.map { Set($0.compactMap(\.integer)) }
        }
    }

    /// The arguments that say which tasks are changed.
    private static let selectors: Set<String> = ["task_id", "task_ids", "action", "status"]

    /// Returns whether a call does a part of what this effect asks for, to no other tasks.
    func includes(_ other: CallEffect) -> Bool {
        guard kind == other.kind else { return false }
        if let title, let otherTitle = other.title {
            let words = Self.stems(of: title)
            return words.isEmpty || !words.isDisjoint(with: Self.stems(of: otherTitle))
        }
        guard let ids else { return true }
        return other.ids.map { $0.isSubset(of: ids) } ?? false
    }

    /// Returns whether a call sets all members that this effect sets.
    func isDone(by other: CallEffect) -> Bool {
        includes(other) && (kind != .update || Set(members.names).isSubset(of: other.members.names))
    }

    /// Returns whether a call sets what this effect leaves no doubt about: some of the same members, and those to the
    /// same values. An update sets no others.
    ///
    /// - Parameters:
    ///   - message: The user's words, of which a title takes no others than its own.
    ///   - time: The time of the message, which a model copies where nobody named a day.
    func agrees(with other: CallEffect, message: String, at time: MessageTime) -> Bool {
        let timeZone = time.timeZone
        if kind == .update {
            if members.names.allSatisfy({ other.members[$0] == nil }) { return false }
            if other.members.members.contains(where: { members[$0.name] == nil && !$0.value.isEmptyMember }) {
                return false
            }
        }
        for member in members.members {
            guard let value = other.members[member.name], !value.isNull || member.value.isNull else {
                if kind == .add, ["due_at", "recurrence"].contains(member.name) { return false }
                continue
            }
            switch member.name {
            case "title":
                if kind == .update, Self.stems(of: value.string ?? "") != Self.stems(of: member.value.string ?? "") {
                    return false
                }
            case "due_at":
                // Days in words are left to the tool.
                if let day = Self.day(of: value, in: timeZone), day != Self.day(of: member.value, in: timeZone) {
                    return false
                }
            case "priority": if value != member.value { return false }
            default: break
            }
        }
        guard kind == .add, let title, let otherTitle = other.title else { return true }
        // Such a task would come again and again although nobody has asked for it.
        if members["recurrence"] == nil, other.members["recurrence"]?.string.map({ !$0.isBlank }) ?? false {
            return false
        }
        if members["due_at"] == nil, let due = other.members["due_at"]?.string, time.isCopied(in: due) { return false }
        // Words that the title no longer has may have become another member.
        if Self.stems(of: title).isSubset(of: Self.stems(of: otherTitle)),
            Self.unasked.contains(where: { name in
                let value = other.members[name] ?? .null
                return members[name] == nil && !value.isEmptyMember && value != "medium"
            })
        {
            return false
        }
        let stray = Self.stems(of: otherTitle).subtracting(Self.stems(of: title))
        return stray.intersection(Self.stems(of: message)).count < Self.strayWords
    }

    /// Whether a call deletes only some of several tasks, which a user confirms together.
    func isSplit(by other: CallEffect) -> Bool {
        guard kind == .delete, let ids, let others = other.ids else { return false }
        return others.count < ids.count
    }

    /// Whether the title has all words of another one.
    func hasTitle(of other: CallEffect) -> Bool {
        guard let title, let otherTitle = other.title else { return false }
        let words = Self.stems(of: otherTitle)
        return !words.isEmpty && words.isSubset(of: Self.stems(of: title))
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

    /// The members of a new task that are only set if the user names them.
    private static let unasked = ["due_at", "priority"]

    /// The number of words of a message in a title that show that it takes in more than the task.
    private static let strayWords = 3

    /// The beginnings of the words of a title, which endings do not change.
    private static func stems(of title: String) -> Set<Substring> { Set(MessageWords.of(title).map { $0.prefix(4) }) }
}

extension JSONValue {
    /// Whether the value says nothing of a member that the user did not name.
    var isEmptyMember: Bool { isNull || string?.isBlank ?? array?.isEmpty ?? false }
}
