/// The protocol status in an END_REQUEST record (FastCGI 1.0, section 5.5).
package enum ProtocolStatus: UInt8, Sendable {
    case requestComplete = 0
    case cannotMultiplexConnection = 1
    case overloaded = 2
    case unknownRole = 3
}
