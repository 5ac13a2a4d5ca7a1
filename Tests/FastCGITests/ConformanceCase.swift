import FastCGI
import TestSupport
import Testing

/// Bytes from a web server, and the exact answer of the connection.
struct ConformanceCase: Sendable, CustomTestStringConvertible {
    var name: String
    var bytes: [UInt8]
    var answers: [String]
    var events: [String]
    var closesInput = false
    var limits = FastCGIConfiguration.Limits()

    init(
        _ name: String, _ bytes: [UInt8], answers: [String], events: [String], closesInput: Bool = false,
        limits: (inout FastCGIConfiguration.Limits) -> Void = { _ in }
    ) {
        self.name = name
        self.bytes = bytes
        self.answers = answers
        self.events = events
        self.closesInput = closesInput
        limits(&self.limits)
    }

    var testDescription: String { self.name }

    /// Runs the bytes split into the given pieces.
    func run(_ pieces: [ArraySlice<UInt8>]) -> ConnectionDriver {
        var configuration = FastCGIConfiguration()
        configuration.limits = self.limits
        var driver = ConnectionDriver(configuration)
        for piece in pieces { driver.receive(Array(piece)) }
        if self.closesInput { driver.inputClosed() }
        return driver
    }
}
