package import JSON
package import Time
import Tokens

/// A line of an audit log: the user, the action and the time. Its details name keys, tokens and users, never secrets.
package struct AuditEntry: Sendable, Hashable {
    /// The state of the change when the line was written.
    package enum Outcome: String, Sendable {
        /// Written before the change is made, and never withdrawn.
        case done
        /// Written after the change failed.
        case failed
    }

    package let at: UnixTime
    package let actor: AuditActor
    package let action: AuditAction
    package var outcome: Outcome
    package let details: JSONObject

    package init(
        at: UnixTime, actor: AuditActor, action: AuditAction, outcome: Outcome = .done, details: JSONObject = [:]
    ) {
        self.at = at
        self.actor = actor
        self.action = action
        self.outcome = outcome
        self.details = details
    }
}

extension AuditEntry {
    package var json: JSONValue {
        var object: JSONObject = [
            "at": .string(at.description), "uid": .integer(Int(actor.userID)),
            "login": actor.login.map(JSONValue.string) ?? .null,
        ]
        if let sudoUser = actor.sudoUser { object["sudo_user"] = .string(sudoUser) }
        object["action"] = .string(action.rawValue)
        object["outcome"] = .string(outcome.rawValue)
        object["details"] = .object(details)
        return .object(object)
    }

    /// Returns nil when the JSON is not an entry of this version.
    package init?(_ json: JSONValue) {
        guard let at = json["at"]?.string.flatMap({ UnixTime(rfc3339: $0) }),
            let userID = json["uid"]?.integer.flatMap({ UInt32(exactly: $0) }),
            let action = json["action"]?.string.flatMap({ AuditAction(rawValue: $0) }),
            let outcome = json["outcome"]?.string.flatMap({ Outcome(rawValue: $0) }),
            let details = json["details"]?.object
        else { return nil }
        let actor = AuditActor(userID: userID, login: json["login"]?.string, sudoUser: json["sudo_user"]?.string)
        self.init(at: at, actor: actor, action: action, outcome: outcome, details: details)
    }
}
