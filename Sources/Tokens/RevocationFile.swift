internal import JSON
package import Time

/// The format of `revoked.jsonl`: one revocation per line, only appended to.
package enum RevocationFile {
    package static let sizeLimit = 16 << 20

    /// Returns the valid revocations that have not expired, and the problems of the invalid lines.
    ///
    /// A last line without a newline was cut off while it was written, before the command reported success; it is
    /// ignored.
    package static func decode(
        _ bytes: [UInt8], now: UnixTime
    ) -> (revocations: [Revocation], problems: [(line: Int, message: String)]) {
        var revocations: [Revocation] = []
        var problems: [(line: Int, message: String)] = []
        let lines = bytes.split(separator: UInt8(ascii: "\n"), omittingEmptySubsequences: false)
        for (index, line) in lines.dropLast().enumerated() where !line.isEmpty {
            do {
                let json = try JSONParser.parse(
                    bytes: Array(line), limits: JSONLimits(size: 4096, depth: 2, values: 16))
                let revocation = try Revocation(json)
                if !revocation.isOver(at: now) { revocations.append(revocation) }
            } catch {
                problems.append((index + 1, "\(error)"))
            }
        }
        return (revocations, problems)
    }

    package static func encode(_ revocation: Revocation) -> [UInt8] { Array((revocation.json.text + "\n").utf8) }
}
