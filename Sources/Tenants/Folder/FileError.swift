internal import Foundation

/// Why a file or folder could not be read or written; the sentence goes on after its name.
package enum FileError: Error, Hashable, CustomStringConvertible {
    case missing
    /// A symbolic link where none may be.
    case link
    case notRegular
    case tooLarge(limit: Int)
    /// Anything else that the system says.
    case system(Int32)

    /// What `errno` says after a call that failed.
    static var last: FileError {
        switch errno {
        case ENOENT: .missing
        case ELOOP: .link
        case let code: .system(code)
        }
    }

    package var description: String {
        switch self {
        case .missing: "does not exist"
        case .link: "is a symbolic link"
        case .notRegular: "is not a regular file"
        case .tooLarge(let limit): "is larger than \(ByteSize.text(limit))"
        case .system(let code): "cannot be used: \(String(cString: strerror(code)))"
        }
    }
}
