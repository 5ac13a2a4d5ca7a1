import Foundation

/// Lets a server's calls on files fail while it runs, by a library that is loaded before all others.
package struct DiskFaults: Sendable {
    /// Calls that belong together; what each stands for is told in `Tests/DiskFaults`.
    package enum Calls: String, Sendable {
        case sync, write, open, space
    }

    private let control: String
    private let library: String

    /// - Parameter folder: where the file lies that tells the library what is to fail.
    package init(in folder: TemporaryFolder) throws {
        control = folder["disk-faults"]
        let program = URL(filePath: try StewardProgram.path)
        library = program.deletingLastPathComponent().appending(path: "libDiskFaults.so").path
        try end()
    }

    /// What the server has to be started with.
    package var environment: [String: String] { ["LD_PRELOAD": library, "STEWARD_DISK_FAULTS": control] }

    /// From now on these calls kill the process on paths that have `part` in them.
    package func kill(at calls: Calls, on part: String) throws { try begin([calls], -SIGKILL, on: part, disk: part) }

    /// From now on these calls fail with `code` on paths that have `part` in them, and `space` where `disk` is.
    package func begin(_ calls: [Calls], _ code: Int32, on part: String, disk: String) throws {
        let text = calls.map { "\($0.rawValue) \(code) \($0 == .space ? disk : part)\n" }.joined()
        try Data(text.utf8).write(to: URL(filePath: control), options: .atomic)
    }

    package func end() throws { try Data().write(to: URL(filePath: control), options: .atomic) }
}
