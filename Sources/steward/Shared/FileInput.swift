import Administration
import Files
import Foundation

/// Bounded reading of files and standard input.
enum FileInput {
    /// Returns the text of a regular file.
    ///
    /// - Parameter ifMissing: The text for a missing file; nil makes that an error.
    static func text(of path: String, limit: Int, ifMissing: String? = nil) throws -> String {
        let bytes: [UInt8]
        do throws(FileError) {
            bytes = try FileContents(path, limit: limit).bytes
        } catch {
            if error == .missing, let ifMissing { return ifMissing }
            throw CommandError("\(path) \(error)")
        }
        return try text(bytes, name: path)
    }

    /// Returns all of standard input; on a terminal it asks for it first.
    static func standardInput(_ what: String, limit: Int) throws -> String {
        if isatty(STDIN_FILENO) == 1 { StandardError.write("Paste \(what), then press Ctrl-D:\n") }
        var bytes: [UInt8] = []
        while let more = try FileHandle.standardInput.read(upToCount: 64 << 10), !more.isEmpty {
            bytes += more
            guard bytes.count <= limit else { throw CommandError("standard input is larger than \(limit) bytes") }
        }
        return try text(bytes, name: "standard input")
    }

    private static func text(_ bytes: [UInt8], name: String) throws -> String {
        guard let text = String(validating: bytes, as: UTF8.self) else {
            throw CommandError("\(name) is not UTF-8 text")
        }
        return text
    }
}
