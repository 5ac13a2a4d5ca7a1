import Secrets
import Testing

@Suite struct SealedBoxTests {
    struct Vector: Sendable {
        let key: String
        let nonce: String
        let place: String
        let ciphertext: String
        let tag: String
        let plaintext: String
    }

    /// McGrew and Viega, "The Galois/Counter Mode of Operation", test cases 13, 14 and 16 (AES-256).
    static let vectors = [
        Vector(
            key: String(repeating: "00", count: 32), nonce: String(repeating: "00", count: 12), place: "",
            ciphertext: "",
            tag: "530f8afbc74536b9a963b4f1c4cb738b", plaintext: ""),
        Vector(
            key: String(repeating: "00", count: 32), nonce: String(repeating: "00", count: 12), place: "",
            ciphertext: "cea7403d4d606b6e074ec5d3baf39d18", tag: "d0d1c8a799996bf0265b98b5d48ab919",
            plaintext: String(repeating: "00", count: 16)),
        Vector(
            key: "feffe9928665731c6d6a8f9467308308feffe9928665731c6d6a8f9467308308",
            nonce: "cafebabefacedbaddecaf888", place: "feedfacedeadbeeffeedfacedeadbeefabaddad2",
            ciphertext: "522dc1f099567d07f47f37a32a84427d643a8cdcbfe5c0c97598a2bd2555d1aa"
                + "8cb08e48590dbb3da7b08b1056828838c5f61e6393ba7a0abcc9f662",
            tag: "76fc6ece0f4e1768cddf8853bb2d551b",
            plaintext: "d9313225f88406e5a55909c5aff5269a86a7a9531534f7da2e4c303d8a318a72"
                + "1c3c0c95956809532fcf0e2449a6b525b16aedf5aa0de657ba637b39"),
    ]

    @Test(arguments: vectors) func `Opening agrees with the vectors of GCM's authors`(_ vector: Vector) throws {
        let combined = try #require(Hex.decode(vector.nonce + vector.ciphertext + vector.tag))
        let box = try #require(SealedBox(combined: combined))
        let key = Secret(try #require(Hex.decode(vector.key)))
        let place = try #require(Hex.decode(vector.place))
        #expect(try Hex.encode(box.open(key: key, place: place).revealedBytes()) == vector.plaintext)
    }

    let key = Secret(Array(repeating: 7, count: 32))
    let secret = Secret(utf8: "sk-test-secret")

    @Test func `What was sealed opens with the same key for the same place`() throws {
        let box = try SealedBox(sealing: secret, key: key, place: [1, 2])
        #expect(try box.open(key: key, place: [1, 2]) == secret)
        #expect(throws: SecretsError.notAuthentic) { try box.open(key: key, place: [1, 3]) }
        #expect(throws: SecretsError.notAuthentic) {
            try box.open(key: Secret(Array(repeating: 8, count: 32)), place: [1, 2])
        }
    }

    @Test func `Sealing twice gives two nonces`() throws {
        let first = try SealedBox(sealing: secret, key: key, place: []).combined
        let second = try SealedBox(sealing: secret, key: key, place: []).combined
        #expect(first.prefix(12) != second.prefix(12))
    }

    @Test func `A box with any bit changed does not open`() throws {
        let combined = try SealedBox(sealing: secret, key: key, place: []).combined
        for index in combined.indices {
            var changed = combined
            changed[index] ^= 1
            let box = try #require(SealedBox(combined: changed))
            #expect(throws: SecretsError.notAuthentic) { try box.open(key: key, place: []) }
        }
    }

    @Test func `Too few bytes are no box, and a short key seals nothing`() {
        #expect(SealedBox(combined: Array(repeating: 0, count: 27)) == nil)
        #expect(throws: SecretsError.wrongKeyLength) {
            try SealedBox(sealing: secret, key: Secret(Array(repeating: 7, count: 16)), place: [])
        }
    }
}
