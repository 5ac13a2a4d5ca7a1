import Foundation

/// Why a process may not use a data folder.
package enum DataLockError: Error, CustomStringConvertible {
    /// Another process uses it; its pid is nil when it could not be read.
    case held(folder: String, pid: Int32?)
    /// It cannot be used at all, for the reason of this `errno`.
    case unusable(folder: String, code: Int32)

    /// Whether it is free as soon as another process ends.
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
