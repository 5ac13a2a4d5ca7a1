internal import Foundation

/// The reason why a file or folder could not be read or written. The description continues a sentence that begins with
/// its name.
package enum FileError: Error, Hashable, CustomStringConvertible {
    case missing
    /// A symbolic link where none is allowed.
    case link
    case notRegular
    case tooLarge(limit: Int)
    /// Any other error, by its `errno`.
    case system(Int32)

    /// The error of the last failed call, from `errno`.
    package static var last: FileError {
        switch errno {
        case ENOENT: .missing
        case ELOOP: .link
        case let code: .system(code)
        }
    }

    /// The process has no free descriptors.
    package static let outOfDescriptors = FileError.system(EMFILE)

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
