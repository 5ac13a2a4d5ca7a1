import HTTPTypes
public import HummingbirdCore
public import NIOCore

/// What a FastCGI server accepts, and for how long it waits.
public struct FastCGIConfiguration: Sendable {
    /// Sizes and numbers. What exceeds one is answered with a status of its own wherever a request exists.
    public var limits = Limits()
    /// How long a connection may take for each step.
    public var timeouts = Timeouts()
    /// The user ids whose processes may connect over a unix socket (`SO_PEERCRED`); nil lets the socket's mode decide.
    /// With a list, connections over TCP are refused: they have no user id.
    public var allowedUserIDs: Set<UInt32>?
    /// Counters, to be read while the server runs.
    public var statistics = FastCGIStatistics()
    /// Retires kept connections before the server ends.
    public var drain = FastCGIDrain()
    /// Makes the body of the answers that this library gives itself, such as 413 or 503.
    public var refusalBody: @Sendable (FastCGIError) -> RefusalBody = RefusalBody.plainText

    public init() {}

    /// Enforces ``Limits/connections``, as the `availableConnectionsDelegate` of the application's configuration.
    public var availableConnections: any AvailableConnectionsDelegate {
        MaximumAvailableConnections(self.limits.connections)
    }

    /// Sizes and numbers.
    public struct Limits: Sendable {
        /// All names and values of a request's parameters, with their lengths: 64 KB (nginx sends no more). Else 431.
        public var parameterBytes = 65_536
        /// Parameters of a request: 256. Else 431.
        public var parameterCount = 256
        /// Bytes in the name of a parameter, a header field with `HTTP_` in front included: 128. Else 431.
        public var parameterNameBytes = 128
        /// Bytes in the value of a parameter: 16 KB. Else 431.
        public var parameterValueBytes = 16_384
        /// Bytes of a path as the web server decoded it: 1 KB. Else 414. Routers take paths apart by characters: 16 KB of
        /// combining marks cost 1.9 ms.
        public var pathBytes = 1_024
        /// Bytes of a request's body: 16 MB. Else 413.
        public var bodyBytes = 16 * 1024 * 1024
        /// Bytes of a body that are read and dropped after its request was answered: 1 MB. Then reading stops, and the
        /// connection is closed after ``Timeouts/drain``.
        public var drainBytes = 1024 * 1024
        /// Bytes of a response's status line and header fields: 4,000, which fits nginx's `fastcgi_buffer_size` of 4 KB
        /// with its record header. Else the client gets 500 instead of nginx's 502.
        public var responseHeaderBytes = 4_000
        /// Requests whose answers are not complete, or not read yet, over all connections: 1,024. Else 503.
        public var requestsInFlight = 1_024
        /// Connections that are open at the same time: 4,096. More wait in the backlog of the socket, when the server
        /// is configured with ``FastCGIConfiguration/availableConnections``.
        public var connections = 4_096
        /// What `Retry-After` says in a 503: 1 s.
        public var retryAfterSeconds = 1

        public init() {}
    }

    /// How long a connection may take for each step.
    public struct Timeouts: Sendable {
        /// From accepting a connection to its first request: 10 s. Then it is closed.
        public var firstRequest: TimeAmount = .seconds(10)
        /// From one request to the next on a kept connection: 5 min, for a web server that closes its own idle
        /// connections must do so first (nginx: after 60 s). Then it is closed.
        public var nextRequest: TimeAmount = .minutes(5)
        /// From the begin of a request to the end of its parameters: 10 s. Then 408.
        public var head: TimeAmount = .seconds(10)
        /// Between two pieces of a body, while the application wants more: 60 s. Then 408.
        public var body: TimeAmount = .seconds(60)
        /// For the rest of a body that nobody wants any more: 10 s. Then it is closed.
        public var drain: TimeAmount = .seconds(10)
        /// How long the peer may read nothing of the output that waits for it: 15 s. Then it is closed.
        public var write: TimeAmount = .seconds(15)
        /// The same for a stream of events (`text/event-stream`): 60 s.
        public var writeEvents: TimeAmount = .seconds(60)
        /// How long a kept connection may stay idle after a graceful shutdown began: 3 s. Closing one at once would turn
        /// a request that is on its way into a 502.
        public var idleAtShutdown: TimeAmount = .seconds(3)

        public init() {}
    }

    /// The body of an answer that this library gives itself.
    public struct RefusalBody: Sendable {
        public var contentType: String
        public var bytes: ByteBuffer

        public init(contentType: String, bytes: ByteBuffer) {
            self.contentType = contentType
            self.bytes = bytes
        }

        /// The reason phrase and the code, as text.
        @Sendable public static func plainText(_ error: FastCGIError) -> RefusalBody {
            RefusalBody(
                contentType: "text/plain; charset=utf-8",
                bytes: ByteBuffer(string: "\(error.status.reasonPhrase) (\(error.rawValue))\n"))
        }
    }
}
