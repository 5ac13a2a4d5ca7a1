/// How an END_REQUEST record says that a request ended.
package enum ProtocolStatus: UInt8, Sendable {
    case requestComplete = 0
    case cannotMultiplexConnection = 1
    case overloaded = 2
    case unknownRole = 3
}
