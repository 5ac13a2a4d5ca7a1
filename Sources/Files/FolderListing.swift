internal import Foundation

/// The sorted names in a folder.
package enum FolderListing {
    /// Returns the names in a folder.
    ///
    /// - Parameter hidden: Whether to return the names that begin with a dot, or all others.
    package static func names(in folder: String, hidden: Bool = false) throws(FileError) -> [String] {
        guard let stream = opendir(folder) else { throw .last }
        defer { closedir(stream) }
        var names: [String] = []
        while let entry = readdir(stream) {
            let name = withUnsafePointer(to: &entry.pointee.d_name) { pointer in
                pointer.withMemoryRebound(to: CChar.self, capacity: MemoryLayout.size(ofValue: pointer.pointee)) {
                    String(cString: $0)
                }
            }
            if (name.utf8.first == UInt8(ascii: ".")) == hidden { names.append(name) }
        }
        return names.sorted()
    }
}
