internal import COpenSSL
internal import Synchronization

/// A pool of OpenSSL's HMAC contexts for one hash function: creating one costs as much as the HMAC of a token.
///
/// The key is set at each use and stored elsewhere, so the number of contexts does not depend on the number of keys.
final class MACContextPool: Sendable {
    /// Unchecked because a context taken from the pool has exactly one user.
    struct Context: @unchecked Sendable {
        let pointer: OpaquePointer
    }

    /// More than there are threads. Contexts returned beyond it are freed.
    private static let capacity = 64

    private static let sha256 = MACContextPool(.sha256)
    private static let sha384 = MACContextPool(.sha384)
    private static let sha512 = MACContextPool(.sha512)

    private let algorithm: HashAlgorithm
    private let idle = Mutex<[Context]>([])

    static func of(_ algorithm: HashAlgorithm) -> MACContextPool {
        switch algorithm {
        case .sha256: sha256
        case .sha384: sha384
        case .sha512: sha512
        }
    }

    private init(_ algorithm: HashAlgorithm) { self.algorithm = algorithm }

    func take() throws(SecretsError) -> Context {
        if let context = idle.withLock({ $0.popLast() }) { return context }
        return try make()
    }

    func giveBack(_ context: Context) {
        let isKept = idle.withLock { contexts in
            guard contexts.count < Self.capacity else { return false }
            contexts.append(context)
            return true
        }
        if !isKept { EVP_MAC_CTX_free(context.pointer) }
    }

    private func make() throws(SecretsError) -> Context {
        guard let mac = EVP_MAC_fetch(nil, "HMAC", nil) else { throw .openSSL("EVP_MAC_fetch") }
        // The context holds its own reference.
        defer { EVP_MAC_free(mac) }
        guard let context = EVP_MAC_CTX_new(mac) else { throw .openSSL("EVP_MAC_CTX_new") }
        var name = Array(algorithm.rawValue.utf8CString)
        let isReady = name.withUnsafeMutableBufferPointer { name in
            let parameters = [
                OSSL_PARAM_construct_utf8_string(OSSL_MAC_PARAM_DIGEST, name.baseAddress, 0),
                OSSL_PARAM_construct_end(),
            ]
            return EVP_MAC_CTX_set_params(context, parameters) == 1
        }
        guard isReady else {
            EVP_MAC_CTX_free(context)
            throw .openSSL("EVP_MAC_CTX_set_params")
        }
        return Context(pointer: context)
    }
}
