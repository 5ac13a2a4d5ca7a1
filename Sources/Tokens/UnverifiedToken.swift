package import JSON
internal import Secrets

/// The decoded parts of a token (RFC 7515, section 7.1), before any verification.
package struct UnverifiedToken {
    package static let sizeLimit = 8 * 1024

    /// Far more than any token needs; they bound the work that a stranger can cause. The claims are parsed after the
    /// signature was verified.
    private static let headerLimits = JSONLimits(size: sizeLimit, depth: 4, values: 32)
    private static let claimsLimits = JSONLimits(size: sizeLimit, depth: 8, values: 256)

    let bytes: [UInt8]
    private let firstDot: Int
    private let secondDot: Int

    package init(_ token: String) throws(TokenError) {
        guard token.utf8.count <= Self.sizeLimit else { throw .tooLong }
        bytes = Array(token.utf8)
        guard let firstDot = bytes.firstIndex(of: UInt8(ascii: ".")), firstDot > 0,
            let secondDot = bytes[(firstDot + 1)...].firstIndex(of: UInt8(ascii: ".")), secondDot > firstDot + 1,
            secondDot + 1 < bytes.count, !bytes[(secondDot + 1)...].contains(UInt8(ascii: "."))
        else { throw .notThreeParts }
        self.firstDot = firstDot
        self.secondDot = secondDot
    }

    package func header() throws(TokenError) -> JSONObject {
        guard let header = Self.object(try headerText(), Self.headerLimits) else { throw .headerJSON }
        return header
    }

    func keyReference() throws(TokenError) -> TokenHeader {
        let text = try headerText()
        if let header = TokenHeader(ownText: text) { return header }
        guard let header = Self.object(text, Self.headerLimits) else { throw .headerJSON }
        return try TokenHeader(header)
    }

    private func headerText() throws(TokenError) -> [UInt8] {
        guard let text = decode(0..<firstDot) else { throw .headerEncoding }
        return text
    }

    package func claims() throws(TokenError) -> JSONObject {
        guard let text = decode(firstDot + 1..<secondDot) else { throw .claimsEncoding }
        guard let claims = Self.object(text, Self.claimsLimits) else { throw .claimsJSON }
        return claims
    }

    func signature() throws(TokenError) -> [UInt8] {
        guard let signature = decode(secondDot + 1..<bytes.count) else { throw .signatureEncoding }
        return signature
    }

    /// Computes the signature by `key` of the bytes as received, never of re-encoded ones.
    func expectedSignature(_ key: SigningKey) throws(TokenError) -> [UInt8] {
        do {
            return try bytes.withUnsafeBufferPointer { bytes throws(SecretsError) in
                try HMAC.code(
                    for: UnsafeRawBufferPointer(rebasing: UnsafeRawBufferPointer(bytes)[..<secondDot]),
                    key: key.secret, algorithm: key.algorithm.hash)
            }
        } catch {
            throw .cryptography
        }
    }

    private func decode(_ range: Range<Int>) -> [UInt8]? {
        bytes.withUnsafeBytes { Base64URL.decode(UnsafeRawBufferPointer(rebasing: $0[range])) }
    }

    private static func object(_ text: [UInt8], _ limits: JSONLimits) -> JSONObject? {
        (try? JSONParser.parse(bytes: text, limits: limits))?.object
    }
}
