import Fuzzing
import Secrets
import Testing
import Tokens

/// Tokens that are expensive to refuse.
@Suite struct HostileTokenTests {
    private static let marks = String(repeating: "\u{0301}\u{0316}", count: 600)

    private static func token(_ header: String) -> String {
        Base64URL.encode(Array(header.utf8)) + ".e30." + Base64URL.encode([UInt8](repeating: 1, count: 32))
    }

    private func cost(_ token: String) throws -> Double {
        let verifier = TokenVerifier(keys: Keys(own: [try Fixture.key()]))
        // Several hundred, because the clock has ticks.
        return ThreadCPU.seconds {
            for _ in 0..<200 {
                #expect(throws: TokenError.self) {
                    try verifier.verify(token, host: Fixture.acme, now: Fixture.now)
                }
            }
        }
    }

    @Test(
        "A token costs no more than twenty times a plain one of its size, whatever stands in its header",
        arguments: [
            #"{"alg":"HS256","kid":"k1","\#(marks)a":1,"\#(marks)b":1}"#,
            #"{"alg":"\#(marks)","kid":"k1"}"#, #"{"alg":"HS256","kid":"\#(marks)"}"#,
            "{" + (0..<120).map { "\"\u{301}\u{316}\($0)\":0" }.joined(separator: ",") + "}",
        ])
    func boundsWork(_ header: String) throws {
        let plain = #"{"alg":"HS256","kid":"k1","x":"\#(String(repeating: "x", count: header.utf8.count))"}"#
        #expect(try cost(Self.token(header)) < 20 * cost(Self.token(plain)))
    }
}
