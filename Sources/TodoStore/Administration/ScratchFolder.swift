import Foundation
import Synchronization

/// Where files are written that nobody is to find half-written, on the file system of the data.
///
/// What a crash left there goes away before the first use: only one process uses a data folder.
final class ScratchFolder: Sendable {
    private let path: String
    private let state = Mutex((isReady: false, last: 0))

    /// The name is no tenant's: theirs have no dots.
    init(root: String) { path = root + "/.scratch" }

    /// The path of a file that there is not yet.
    func newPath() throws(StoreError) -> String {
        try state.withLock { state throws(StoreError) in
            if !state.isReady {
                try? FileManager.default.removeItem(atPath: path)
                try DataFolder.createFolder(path, isRoot: false)
                state.isReady = true
            }
            state.last += 1
            return "\(path)/\(state.last)"
        }
    }
}
