import Foundation
import Synchronization
import TodoStore

/// A folder for files that are still being written, on the file system of the data.
///
/// Files that a crash left there are removed before the first use: only one process uses a data folder. All of it blocks, and
/// belongs on the store's threads.
final class ScratchFolder: Sendable {
    private let path: String
    private let state = Mutex((isReady: false, last: 0))

    /// No tenant has this name, because tenant ids contain no dots.
    init(root: String) { path = root + "/.scratch" }

    /// Removes files left by a crash, once per process.
    func clear() throws(StoreError) {
        try state.withLock { state throws(StoreError) in
            guard !state.isReady else { return }
            try? FileManager.default.removeItem(atPath: path)
            try DataFolder.createFolder(path, isRoot: false)
            state.isReady = true
        }
    }

    /// Returns the path of a new file.
    func newPath() throws(StoreError) -> String {
        try clear()
        return state.withLock { state in
            state.last += 1
            return "\(path)/\(state.last)"
        }
    }
}
