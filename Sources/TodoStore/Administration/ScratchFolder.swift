import Foundation
import Synchronization

/// Where files are written that nobody is to find half-written, on the file system of the data.
///
/// What a crash left there goes away before the first use: only one process uses a data folder. All of it blocks, and
/// belongs on the store's threads.
final class ScratchFolder: Sendable {
    private let path: String
    private let state = Mutex((isReady: false, last: 0))

    /// The name is no tenant's: theirs have no dots.
    init(root: String) { path = root + "/.scratch" }

    /// Removes what a crash left, unless that has happened: it may be of anyone.
    func clear() throws(StoreError) {
        try state.withLock { state throws(StoreError) in
            guard !state.isReady else { return }
            try? FileManager.default.removeItem(atPath: path)
            try DataFolder.createFolder(path, isRoot: false)
            state.isReady = true
        }
    }

    /// The path of a file that there is not yet.
    func newPath() throws(StoreError) -> String {
        try clear()
        return state.withLock { state in
            state.last += 1
            return "\(path)/\(state.last)"
        }
    }
}
