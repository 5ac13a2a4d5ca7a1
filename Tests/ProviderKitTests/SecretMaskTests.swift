import JSON
import ProviderKit
import Secrets
import Testing

@Suite struct SecretMaskTests {
    private static let key = "sk-sk-or-v1-sk-sk-or-v9"
    private let mask = SecretMask(Secret(utf8: SecretMaskTests.key))

    private func told(_ pieces: [String]) -> (pieces: [String], all: String) {
        var mask = mask
        let told = pieces.map { mask.receive($0) } + [mask.end()]
        return (told, told.joined())
    }

    /// Texts that contain the key, a part of it, or a false start of it, and the emitted texts.
    static let texts: [(text: String, told: String)] = [
        ("", ""), ("Nothing of it.", "Nothing of it."), (key, "[key]"), ("It is \(key).", "It is [key]."),
        ("\(key)\(key)", "[key][key]"), ("sk-\(key)", "sk-[key]"), ("sk-sk-or-v1-\(key)", "sk-sk-or-v1-[key]"),
        ("sk-sk-or-v1-sk-sk-or-v8", "sk-sk-or-v1-sk-sk-or-v8"), (String(key.dropLast()), String(key.dropLast())),
        ("Grüße 🧀 \(key) 🧀", "Grüße 🧀 [key] 🧀"), ("sssss\(key)k", "sssss[key]k"),
    ]

    @Test("The key is masked wherever a text is cut", arguments: texts)
    func cuts(text: String, told: String) {
        #expect(mask.masked(text) == told)
        for cut in text.indices {
            #expect(self.told([String(text[..<cut]), String(text[cut...])]).all == told)
        }
        #expect(self.told(text.map { String($0) }).all == told)
    }

    @Test("No more is held back than may be the start of the key")
    func heldBack() {
        #expect(told(["A", "s", " B", "sk-", "x", "tail sk"]).pieces == ["A", "", "s B", "", "sk-x", "tail ", "sk"])
    }

    @Test("Each byte of a text that always nearly holds the key is looked at once")
    func linear() {
        let key = String(repeating: "a", count: 200) + "b"
        var mask = SecretMask(Secret(utf8: key))
        var length = 0
        for _ in 0..<1000 {
            length += mask.receive(String(repeating: "a", count: 1000)).utf8.count
        }
        #expect(length == 1_000_000 - 200)
        #expect(mask.end() == String(repeating: "a", count: 200))
    }

    @Test("Values are masked to the last name, and a placeholder is no key")
    func values() {
        let key = Self.key
        let value: JSONValue = ["a": [.string("x \(key)"), 1, nil], "b": ["c": true]]
        #expect(mask.masked(value) == ["a": ["x [key]", 1, nil], "b": ["c": true]])
        #expect(mask.masked(JSONObject([("n \(key)", .string(key))])) == ["n [key]": "[key]"])
        #expect(SecretMask(Secret(utf8: "ollama")).masked("I am ollama.") == "I am ollama.")
        #expect(SecretMask(nil).masked("I am.") == "I am.")
    }
}
