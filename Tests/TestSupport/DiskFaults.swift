import Foundation

/// Failures of a running server's file operations, by means of a preloaded library.
package struct DiskFaults: Sendable {
    /// Groups of calls, which are described in `Tests/DiskFaults`.
    package enum Calls: String, Sendable {
        case sync, write, open, space
    }

    private let control: String
    private let library: String

    /// - Parameter folder: The folder of the file that tells the library which calls fail.
    package init(in folder: TemporaryFolder) throws {
        control = folder["disk-faults"]
        let program = URL(filePath: try StewardProgram.path)
        library = program.deletingLastPathComponent().appending(path: "libDiskFaults.so").path
        try end()
    }

    /// The environment in which the server must be started.
    package var environment: [String: String] { ["LD_PRELOAD": library, "STEWARD_DISK_FAULTS": control] }

    /// Makes these calls kill the process for paths that contain `part`.
    package func kill(at calls: Calls, on part: String) throws { try begin([calls], -SIGKILL, on: part, disk: part) }

    /// Makes these calls fail with `code` for paths that contain `part`, and `space` for `disk`.
    package func begin(_ calls: [Calls], _ code: Int32, on part: String, disk: String) throws {
        let text = calls.map { "\($0.rawValue) \(code) \($0 == .space ? disk : part)\n" }.joined()
        try Data(text.utf8).write(to: URL(filePath: control), options: .atomic)
    }

    package func end() throws { try Data().write(to: URL(filePath: control), options: .atomic) }
}
