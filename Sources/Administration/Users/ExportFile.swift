import Foundation

/// The database of an export, given by its folder or its file.
package struct ExportFile {
    package let path: String

    /// - Throws: `CommandError` for a path that is not a file, and for an incomplete export.
    package init(_ path: String) throws(CommandError) {
        let file = try Self.type(of: path) == .typeDirectory ? path + "/user.sqlite" : path
        guard try Self.type(of: file) == .typeRegular else { throw Self.unusable(file, "it is not a regular file") }
        for log in [file + "-wal", file + "-journal"] {
            let size = try? FileManager.default.attributesOfItem(atPath: log)[.size] as? NSNumber
            guard size?.intValue ?? 0 == 0 else {
                throw Self.unusable(file, "it is in use, or was not closed: \(log) contains a part of it")
            }
        }
        self.path = file
    }

    /// Returns the type of the file without following links.
    private static func type(of path: String) throws(CommandError) -> FileAttributeType? {
        do {
            return try FileManager.default.attributesOfItem(atPath: path)[.type] as? FileAttributeType
        } catch CocoaError.fileReadNoSuchFile {
            throw unusable(path, "there is no such file")
        } catch {
            throw unusable(path, error.localizedDescription)
        }
    }

    private static func unusable(_ path: String, _ why: String) -> CommandError {
        CommandError(
            "\(path) cannot be imported: \(why)", advice: "Pass an export of `steward user export` with --from.")
    }
}
