import FastCGI
import NIOCore
import TodoAPI

extension FastCGIConfiguration {
    /// The limits of this server: its largest body is an import.
    /// - Parameter concurrentRequests: the limit on concurrent requests.
    static func steward(allowedUserIDs: Set<UInt32>?, concurrentRequests: Int) -> FastCGIConfiguration {
        var configuration = FastCGIConfiguration()
        configuration.allowedUserIDs = allowedUserIDs
        configuration.limits.bodyBytes = 1 << 20
        configuration.limits.requestsInFlight = concurrentRequests
        configuration.limits.connections = concurrentRequests + concurrentRequests / 4
        // A process that waits for the data also waits for these connections. Under load they are closed much earlier.
        configuration.timeouts.idleAtShutdown = .milliseconds(500)
        configuration.refusalBody = { error in
            RefusalBody(
                contentType: Problem.mediaType, bytes: Problem(error).body(requestID: RequestID.make()))
        }
        return configuration
    }
}
