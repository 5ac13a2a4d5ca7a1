import ArgumentParser
import Foundation

/// Users and groups of this machine by their names.
enum SystemAccounts {
    /// - Throws: `ValidationError` for a user that there is not.
    static func userID(_ name: String) throws -> UInt32 {
        if let id = UInt32(name) { return id }
        guard let entry = getpwnam(name) else { throw ValidationError("There is no user \(name) on this machine.") }
        return entry.pointee.pw_uid
    }

    /// - Throws: `ValidationError` for a group that there is not.
    static func groupID(_ name: String) throws -> UInt32 {
        if let id = UInt32(name) { return id }
        guard let entry = getgrnam(name) else { throw ValidationError("There is no group \(name) on this machine.") }
        return entry.pointee.gr_gid
    }
}
