import Assistant
import HTTPTypes
import Hummingbird
import NIOCore
import Secrets

extension Request {
    /// Returns the client's `Idempotency-Key` with the hash of method, path and body.
    ///
    /// - Throws: `Problem`: 400 for a key other than 1 to 255 visible ASCII characters.
    func idempotencyClaim(body: ByteBuffer) throws -> IdempotencyClaim? {
        guard let key = headers[.idempotencyKey] else { return nil }
        guard (1...255).contains(key.utf8.count), key.utf8.allSatisfy({ (0x21...0x7E).contains($0) }) else {
            throw Problem(.badParameter, "Idempotency-Key must be 1 to 255 visible ASCII characters.")
        }
        // Separated by zero bytes, so that different requests have different input.
        var bytes = Array("\(method.rawValue)\0\(uri.path)\0".utf8)
        bytes += body.readableBytesView
        return IdempotencyClaim(key: key, requestHash: try SHA256.digest(bytes))
    }
}
