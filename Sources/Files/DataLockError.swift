import Foundation

/// The reason why a process may not use a data folder.
package enum DataLockError: Error, CustomStringConvertible {
    /// Another process uses it; its pid is nil when it could not be read.
    case held(folder: String, pid: Int32?)
    /// The folder cannot be used, for the reason of this `errno`.
    case unusable(folder: String, code: Int32)

    /// Whether the folder becomes free when another process ends.
    package var isHeld: Bool {
        if case .held = self { true } else { false }
    }

    package var description: String {
        switch self {
        case .held(let folder, let pid):
            "the data folder \(folder) is in use by \(pid.map { "process \($0)" } ?? "another process")"
        case .unusable(let folder, let code):
            "the data folder \(folder) cannot be used: \(String(cString: strerror(code)))"
        }
    }
}
