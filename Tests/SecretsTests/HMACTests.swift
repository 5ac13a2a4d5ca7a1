import Secrets
import Testing

@Suite struct HMACTests {
    struct Vector: Sendable {
        let key: String
        let message: String
        let sha256: String
        let sha384: String
        let sha512: String
    }

    /// RFC 4231, sections 4.2 to 4.4 and 4.7 (keys shorter and longer than a block).
    static let vectors = [
        Vector(
            key: String(repeating: "0b", count: 20), message: "4869205468657265",
            sha256: "b0344c61d8db38535ca8afceaf0bf12b881dc200c9833da726e9376c2e32cff7",
            sha384: "afd03944d84895626b0825f4ab46907f15f9dadbe4101ec682aa034c7cebc59cfaea9ea9076ede7f4af152e8b2fa9cb6",
            sha512: "87aa7cdea5ef619d4ff0b4241a1d6cb02379f4e2ce4ec2787ad0b30545e17cde"
                + "daa833b7d6b8a702038b274eaea3f4e4be9d914eeb61f1702e696c203a126854"),
        Vector(
            key: "4a656665", message: "7768617420646f2079612077616e7420666f72206e6f7468696e673f",
            sha256: "5bdcc146bf60754e6a042426089575c75a003f089d2739839dec58b964ec3843",
            sha384: "af45d2e376484031617f78d2b58a6b1b9c7ef464f5a01b47e42ec3736322445e8e2240ca5e69e2c78b3239ecfab21649",
            sha512: "164b7a7bfcf819e2e395fbe73b56e0a387bd64222e831fd610270cd7ea250554"
                + "9758bf75c05a994a6d034f65f8f0e6fdcaeab1a34d4a6b4b636e070a38bce737"),
        Vector(
            key: String(repeating: "aa", count: 20), message: String(repeating: "dd", count: 50),
            sha256: "773ea91e36800e46854db8ebd09181a72959098b3ef8c122d9635514ced565fe",
            sha384: "88062608d3e6ad8a0aa2ace014c8a86f0aa635d947ac9febe83ef4e55966144b2a5ab39dc13814b94e3ab6e101a34f27",
            sha512: "fa73b0089d56a284efb0f0756c890be9b1b5dbdd8ee81a3655f83e33b2279d39"
                + "bf3e848279a722c806b485a47e67c807b946a337bee8942674278859e13292fb"),
        Vector(
            key: String(repeating: "aa", count: 131),
            message: Hex.encode(Array("Test Using Larger Than Block-Size Key - Hash Key First".utf8)),
            sha256: "60e431591ee0b67f0d8a26aacbf5b77f8e0bc6213728c5140546040f0ee37f54",
            sha384: "4ece084485813e9088d2c63a041bc5b44f9ef1012a2b588f3cd11f05033ac4c60c2ef6ab4030fe8296248df163f44952",
            sha512: "80b24263c7c1a3ebb71493c1dd7be8b49b46d1f41b4aeec1121b013783f8f352"
                + "6b56d037e05f2598bd0fd2215d6a1e5295e64f73f63f0aec8b915a985d786598"),
    ]

    @Test(arguments: vectors) func `HMAC agrees with RFC 4231`(_ vector: Vector) throws {
        let key = Secret(try #require(Hex.decode(vector.key)))
        let message = try #require(Hex.decode(vector.message))
        for (algorithm, code) in [
            (HashAlgorithm.sha256, vector.sha256), (.sha384, vector.sha384), (.sha512, vector.sha512),
        ] {
            #expect(try Hex.encode(HMAC.code(for: message, key: key, algorithm: algorithm)) == code)
        }
    }

    @Test func `Many tasks at once get the same codes as one`() async throws {
        let key = Secret(utf8: "0123456789abcdef0123456789abcdef")
        let expected = try (0..<64).map { try HMAC.code(for: [UInt8($0)], key: key, algorithm: .sha256) }
        try await withThrowingTaskGroup(of: Bool.self) { group in
            for index in 0..<64 {
                group.addTask { try HMAC.code(for: [UInt8(index)], key: key, algorithm: .sha256) == expected[index] }
            }
            for try await isEqual in group { #expect(isEqual) }
        }
    }

    @Test func `SHA-256 agrees with FIPS 180-4`() throws {
        #expect(
            try Hex.encode(SHA256.digest(Array("abc".utf8)))
                == "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad")
        #expect(
            try Hex.encode(SHA256.digest([])) == "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855")
    }
}
