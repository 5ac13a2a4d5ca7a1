import HTTPTypes
public import HummingbirdCore
public import NIOCore

/// The limits, timeouts and shared state of a FastCGI server.
public struct FastCGIConfiguration: Sendable {
    /// Maximum sizes and counts. A request that exceeds one is answered with the status given there.
    public var limits = Limits()
    /// Maximum durations of each step of a connection.
    public var timeouts = Timeouts()
    /// The user ids whose processes may connect over a unix socket (`SO_PEERCRED`); nil leaves the decision to the mode
    /// of the socket. With a list, connections over TCP are refused, because they have no user id.
    public var allowedUserIDs: Set<UInt32>?
    /// Counters that can be read while the server runs.
    public var statistics = FastCGIStatistics()
    /// The switch that retires kept connections before the server ends.
    public var drain = FastCGIDrain()
    /// Creates the body of an answer made by this library, such as 413 or 503.
    public var refusalBody: @Sendable (FastCGIError) -> RefusalBody = RefusalBody.plainText

    public init() {}

    /// A delegate that enforces ``Limits/connections``, for the `availableConnectionsDelegate` of the application's
    /// configuration.
    public var availableConnections: any AvailableConnectionsDelegate {
        MaximumAvailableConnections(self.limits.connections)
    }

    /// Maximum sizes and counts.
    public struct Limits: Sendable {
        /// Total bytes of the names, values and lengths of a request's parameters: 64 KB (nginx sends no more). Beyond:
        /// 431.
        public var parameterBytes = 65_536
        /// Number of a request's parameters: 128, of which nginx itself sends some 25. Beyond: 431. 200 long names cost
        /// 310 µs.
        public var parameterCount = 128
        /// Bytes of a parameter's name, including the `HTTP_` of a header field: 128. Beyond: 431.
        public var parameterNameBytes = 128
        /// Bytes of a parameter's value: 16 KB. Beyond: 431.
        public var parameterValueBytes = 16_384
        /// Bytes of the decoded path: 512. Beyond: 414. Routers split paths by characters: 16 KB of combining marks
        /// cost 1.9 ms.
        public var pathBytes = 512
        /// Bytes of a request's body: 16 MB. Beyond: 413.
        public var bodyBytes = 16 * 1024 * 1024
        /// Bytes of a body that are read and discarded after its request was answered: 1 MB. Beyond, reading stops, and
        /// the connection is closed after ``Timeouts/drain``.
        public var drainBytes = 1024 * 1024
        /// Bytes of a response's status line and header fields: 4,000, which with the record header fits nginx's
        /// `fastcgi_buffer_size` of 4 KB. Beyond: 500, where nginx would answer 502.
        public var responseHeaderBytes = 4_000
        /// Requests over all connections whose answers are not completely sent: 1,024. Beyond: 503.
        public var requestsInFlight = 1_024
        /// Open connections: 4,096. Further ones wait in the backlog of the socket if the server is configured with
        /// ``FastCGIConfiguration/availableConnections``.
        public var connections = 4_096
        /// Seconds in the `Retry-After` field of a 503: 1.
        public var retryAfterSeconds = 1

        public init() {}
    }

    /// Maximum durations of each step of a connection.
    public struct Timeouts: Sendable {
        /// From accepting a connection to its first request: 10 s. Then the connection is closed.
        public var firstRequest: TimeAmount = .seconds(10)
        /// From one request to the next on a kept connection: 5 min, so that a web server closes its idle connections
        /// first (nginx: after 60 s). Then the connection is closed.
        public var nextRequest: TimeAmount = .minutes(5)
        /// From the beginning of a request to the end of its parameters: 10 s. Then 408.
        public var head: TimeAmount = .seconds(10)
        /// Between two parts of a body that the application reads: 60 s. Then 408.
        public var body: TimeAmount = .seconds(60)
        /// For the rest of a body after its request was answered: 10 s. Then the connection is closed.
        public var drain: TimeAmount = .seconds(10)
        /// For a peer that reads none of the pending output: 15 s. Then the connection is closed.
        public var write: TimeAmount = .seconds(15)
        /// For a peer that reads none of a stream of events (`text/event-stream`): 60 s. Then the connection is closed.
        public var writeEvents: TimeAmount = .seconds(60)
        /// For an idle connection after a graceful shutdown began: 3 s. Closing at once would turn a request that was
        /// just sent into a 502.
        public var idleAtShutdown: TimeAmount = .seconds(3)

        public init() {}
    }

    /// The body of an answer made by this library.
    public struct RefusalBody: Sendable {
        public var contentType: String
        public var bytes: ByteBuffer

        public init(contentType: String, bytes: ByteBuffer) {
            self.contentType = contentType
            self.bytes = bytes
        }

        /// The reason phrase and the error code, as plain text.
        @Sendable public static func plainText(_ error: FastCGIError) -> RefusalBody {
            RefusalBody(
                contentType: "text/plain; charset=utf-8",
                bytes: ByteBuffer(string: "\(error.status.reasonPhrase) (\(error.rawValue))\n"))
        }
    }
}
