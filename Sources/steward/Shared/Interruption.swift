import Dispatch
import Foundation

/// What becomes of a command's unfinished work when its operator has had enough (^C), or the machine goes down.
enum Interruption {
    /// Stops removing.
    struct Registration {
        fileprivate let sources: [any DispatchSourceSignal]

        func cancel() {
            for source in sources {
                source.cancel()
                signal(Int32(source.handle), SIG_DFL)
            }
        }
    }

    /// Removes `path` when a signal ends this process, which ends as it would have without.
    ///
    /// A dispatch source hears the signal while the command's own thread is busy.
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
