import Foundation

/// Bounded reading of files and standard input.
enum FileInput {
    /// Returns the text of a regular file.
    ///
    /// - Parameter ifMissing: The text for a missing file; nil makes that an error.
    static func text(of path: String, limit: Int, ifMissing: String? = nil) throws -> String {
        // Without O_NONBLOCK, opening a named pipe would wait for a writer.
        let descriptor = open(path, O_RDONLY | O_CLOEXEC | O_NONBLOCK)
        guard descriptor >= 0 else {
            if errno == ENOENT, let ifMissing { return ifMissing }
            throw CommandError("\(path) cannot be read: \(String(cString: strerror(errno)))")
        }
        let file = FileHandle(fileDescriptor: descriptor, closeOnDealloc: true)
        let target = URL(filePath: path).resolvingSymlinksInPath().path
        let type = try? FileManager.default.attributesOfItem(atPath: target)[.type] as? FileAttributeType
        guard type == .typeRegular else {
            throw CommandError("\(path) is not a regular file")
        }
        return try text(file, limit: limit, name: path)
    }

    /// Returns all of standard input; on a terminal it asks for it first.
    static func standardInput(_ what: String, limit: Int) throws -> String {
        if isatty(STDIN_FILENO) == 1 { StandardError.write("Paste \(what), then press Ctrl-D:\n") }
        return try text(FileHandle.standardInput, limit: limit, name: "standard input")
    }

    private static func text(_ file: FileHandle, limit: Int, name: String) throws -> String {
        var data = Data()
        while let more = try file.read(upToCount: 64 << 10), !more.isEmpty {
            data += more
            guard data.count <= limit else { throw CommandError("\(name) is larger than \(limit) bytes") }
        }
        guard let text = String(validating: data, as: UTF8.self) else {
            throw CommandError("\(name) is not UTF-8 text")
        }
        return text
    }
}
