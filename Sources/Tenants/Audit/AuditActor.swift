internal import Foundation

/// The user who runs an operator's command.
package struct AuditActor: Sendable, Hashable {
    package let userID: UInt32
    /// The login name; nil for a user id without a name on this machine.
    package let login: String?
    /// The user who became root with sudo.
    package let sudoUser: String?

    package init(userID: UInt32, login: String?, sudoUser: String? = nil) {
        self.userID = userID
        self.login = login
        self.sudoUser = sudoUser
    }

    /// The user of this process.
    package static var current: AuditActor {
        let userID = getuid()
        // Any user can set the variable, but for root only sudo sets it.
        let sudoUser = userID == 0 ? ProcessInfo.processInfo.environment["SUDO_USER"] : nil
        return AuditActor(userID: userID, login: login(userID), sudoUser: sudoUser.map { String($0.prefix(256)) })
    }

    private static func login(_ userID: UInt32) -> String? {
        var entry = passwd()
        var found: UnsafeMutablePointer<passwd>?
        var buffer = [CChar](repeating: 0, count: 4_096)
        guard getpwuid_r(userID, &entry, &buffer, buffer.count, &found) == 0, found != nil, let name = entry.pw_name
        else { return nil }
        return withExtendedLifetime(buffer) { String(cString: name) }
    }
}
