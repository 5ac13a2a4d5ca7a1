internal import COpenSSL

/// The state of OpenSSL in this process.
package enum OpenSSLLibrary {
    /// Keeps OpenSSL usable until the process has ended. Without effect after OpenSSL's first use.
    ///
    /// Event loops may still verify a token while the process exits, and after OpenSSL's clean-up that fails.
    package static func keepUntilExit() { _ = OPENSSL_init_crypto(UInt64(OPENSSL_INIT_NO_ATEXIT), nil) }
}
