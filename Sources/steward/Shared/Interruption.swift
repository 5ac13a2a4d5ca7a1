import Dispatch
import Foundation

/// The removal of unfinished output when a command is interrupted (^C, SIGTERM).
enum Interruption {
    /// Cancels the removal.
    struct Registration {
        fileprivate let sources: [any DispatchSourceSignal]

        func cancel() {
            for source in sources {
                source.cancel()
                signal(Int32(source.handle), SIG_DFL)
            }
        }
    }

    /// Removes `path` when a signal ends this process, then ends it as the signal would have.
    ///
    /// A dispatch source receives the signal while the command's thread is busy.
    static func removing(_ path: String) -> Registration {
        Registration(
            sources: [SIGINT, SIGTERM, SIGHUP].map { number in
                signal(number, SIG_IGN)
                let source = DispatchSource.makeSignalSource(signal: number, queue: .global())
                source.setEventHandler {
                    try? FileManager.default.removeItem(atPath: path)
                    signal(number, SIG_DFL)
                    kill(getpid(), number)
                }
                source.activate()
                return source
            })
    }
}
