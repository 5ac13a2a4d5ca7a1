import NIOCore

/// The parameters of one request that were set by the web server: the address of the client, whether the connection
/// used TLS, and others from `fastcgi_param` lines (`fastcgi_param STEWARD_TENANT acme;`).
///
/// Parameters named `HTTP_...` are not included, because a client can send any of them. They become header fields of
/// the request, so that a header field can never be mistaken for a parameter. Nothing is put into the process
/// environment.
///
/// The parameters of the request that the current task serves are ``current``:
///
/// ```swift
/// struct AppContext: RequestContext {
///     var coreContext: CoreRequestContextStorage
///     let clientAddress: String?
///
///     init(source: ApplicationRequestContextSource) {
///         self.coreContext = .init(source: source)
///         self.clientAddress = FastCGIParameters.current?.remoteAddress
///     }
/// }
/// ```
public struct FastCGIParameters: Sendable {
    /// The parameters of the request that this task serves; nil outside of a FastCGI request, for example under
    /// Hummingbird's HTTP/1 server or its router tests. A test sets its own with `$current.withValue(_:operation:)`.
    @TaskLocal public static var current: FastCGIParameters?

    /// The request while it is in flight; nil for parameters made by a test.
    public internal(set) var inFlight: InFlightRequest?

    private let bytes: ByteBuffer
    private let pairs: [ParameterDecoder.Pair]

    init(_ decoder: ParameterDecoder) {
        self.bytes = decoder.bytes
        self.pairs = decoder.pairs
    }

    /// Creates parameters for a test.
    public init(_ values: KeyValuePairs<String, String>, inFlight: InFlightRequest? = nil) {
        self.inFlight = inFlight
        var bytes = ByteBuffer()
        self.pairs = values.map { name, value in
            let start = bytes.writerIndex
            bytes.writeString(name)
            bytes.writeString(value)
            return .init(nameStart: start, nameLength: name.utf8.count, valueLength: value.utf8.count)
        }
        self.bytes = bytes
    }

    /// The value of a parameter; nil when the web server did not send it, and for every name that begins with `HTTP_`.
    public subscript(name: String) -> String? {
        guard !name.hasPrefix("HTTP_") else { return nil }
        let pair = self.pairs.first {
            $0.nameLength == name.utf8.count
                && self.bytes.viewBytes(at: $0.nameStart, length: $0.nameLength)?
                    .elementsEqual(name.utf8) == true
        }
        return pair.flatMap { self.bytes.getString(at: $0.value.lowerBound, length: $0.valueLength) }
    }

    /// `REMOTE_ADDR`: the IP address of the client, as the web server saw it.
    public var remoteAddress: String? { self["REMOTE_ADDR"] }

    /// Whether the client's connection to the web server is encrypted: `HTTPS` is `on` (as nginx sends it) or `1`.
    public var isHTTPS: Bool {
        self["HTTPS"].map { $0.utf8.elementsEqual("1".utf8) || $0.utf8.elementsEqual("on".utf8) } ?? false
    }
}

extension FastCGIParameters: CustomStringConvertible {
    /// The number of parameters only: their values may be confidential.
    public var description: String { "FastCGIParameters(\(self.pairs.count))" }
}
