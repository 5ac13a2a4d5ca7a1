package import NIOCore
import Synchronization

/// An executor that runs tasks on an event loop, so that a connection and its task share one thread.
///
/// There is one for each event loop. It lives as long as the process, because a task may keep its executor.
package final class EventLoopExecutor: TaskExecutor {
    private static let executors = Mutex<[ObjectIdentifier: EventLoopExecutor]>([:])

    private let eventLoop: any EventLoop

    private init(eventLoop: any EventLoop) {
        self.eventLoop = eventLoop
    }

    package static func executor(for eventLoop: any EventLoop) -> EventLoopExecutor {
        self.executors.withLock { executors in
            if let executor = executors[ObjectIdentifier(eventLoop)] { return executor }
            let executor = EventLoopExecutor(eventLoop: eventLoop)
            executors[ObjectIdentifier(eventLoop)] = executor
            return executor
        }
    }

    package func enqueue(_ job: consuming ExecutorJob) {
        let job = UnownedJob(job)
        self.eventLoop.execute {
            job.runSynchronously(on: self.asUnownedTaskExecutor())
        }
    }
}
