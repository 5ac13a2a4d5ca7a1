package import EventLoops
package import Logging
import NIOPosix
package import PostgresStore

/// The databases of `stores.yaml` in use, each with threads of its own. No connection is made before it is needed.
package struct OpenDatabaseStores: Sendable {
    package let stores: [String: PostgresUsers]
    private let threadPools: [NIOThreadPool]

    package init(_ configurations: [String: PostgresStoreConfiguration], timer: MonotonicClock, logger: Logger) {
        var threadPools: [NIOThreadPool] = []
        stores = configurations.mapValues { configuration in
            // One more, for the lease.
            let threadPool = NIOThreadPool(numberOfThreads: configuration.connections + 1)
            threadPool.start()
            threadPools.append(threadPool)
            return PostgresUsers(configuration: configuration, threadPool: threadPool, timer: timer, logger: logger)
        }
        self.threadPools = threadPools
    }

    /// Ends the threads. Only after the stores are closed.
    package func shutDown() async {
        for threadPool in threadPools { try? await threadPool.shutdownGracefully() }
    }
}
