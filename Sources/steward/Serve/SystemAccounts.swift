import ArgumentParser
import Foundation

/// The users and groups of this machine.
enum SystemAccounts {
    /// - Throws: `ValidationError` for an unknown user.
    static func userID(_ name: String) throws -> UInt32 {
        if let id = UInt32(name) { return id }
        guard let entry = getpwnam(name) else { throw ValidationError("There is no user \(name) on this machine.") }
        return entry.pointee.pw_uid
    }

    /// - Throws: `ValidationError` for an unknown group.
    static func groupID(_ name: String) throws -> UInt32 {
        if let id = UInt32(name) { return id }
        guard let entry = getgrnam(name) else { throw ValidationError("There is no group \(name) on this machine.") }
        return entry.pointee.gr_gid
    }
}
