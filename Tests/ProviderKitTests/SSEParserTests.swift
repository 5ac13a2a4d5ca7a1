import NIOCore
import ProviderKit
import Testing

@Suite struct SSEParserTests {
    private func events(_ pieces: [[UInt8]], limit: Int = 1 << 20) -> [SSEParser.Event] {
        var parser = SSEParser(limit: limit)
        var events = pieces.flatMap { parser.receive(ByteBuffer(bytes: $0)) }
        if let last = parser.end() { events.append(last) }
        return events
    }

    private func data(_ stream: String) -> [String] {
        events([Array(stream.utf8)]).map { event in
            if case .data(let data) = event { String(buffer: data) } else { "oversized" }
        }
    }

    @Test(
        "Data is found in every framing that is in use",
        arguments: [
            ("data: a\n\ndata: b\n\n", ["a", "b"]),
            ("data: a\r\n\r\ndata: b\r\n\r\n", ["a", "b"]),
            ("data: a\r\rdata: b\r\r", ["a", "b"]),
            ("data:a\n\n", ["a"]),
            ("data:  a \n\n", [" a "]),
            ("\u{FEFF}data: a\n\n", ["a"]),
            ("data: a\ndata: b\n\n", ["a\nb"]),
            (": comment\n\ndata: a\n: inside\ndata: b\n\n", ["a\nb"]),
            ("event: x\nid: 1\nretry: 5\ndata: a\n\n", ["a"]),
            ("database: no\ndata: a\n\n", ["a"]),
            ("data: a", ["a"]),
            ("data: a\n", ["a"]),
            ("data:\n\ndata\n\n: ping\n\n", []),
            ("", []),
            ("data: é😀\n\n", ["é😀"]),
        ])
    func framing(_ stream: String, _ expected: [String]) {
        #expect(data(stream) == expected)
    }

    @Test("An event that is called an error is told as one, and the next is none")
    func failures() {
        let stream =
            "event: error\ndata: a\n\ndata: b\n\nevent:error\n\nevent: errors\ndata: c\n\ndata: d\nevent: error\n\n"
        let told = events([Array(stream.utf8)]).map { event in
            switch event {
            case .data(let data): "data \(String(buffer: data))"
            case .failure(let data): "failure \(String(buffer: data))"
            case .oversized: "oversized"
            }
        }
        #expect(told == ["failure a", "data b", "data c", "failure d"])
    }

    @Test("It does not matter where the bytes are cut")
    func cuts() {
        let bytes = Array("\u{FEFF}data: é\r\ndata: 😀\r\n\r\n: c\rdata: b\r\rdata: last".utf8)
        let whole = events([bytes])
        #expect(whole.count == 3)
        for cut in 0...bytes.count { #expect(events([Array(bytes[..<cut]), Array(bytes[cut...])]) == whole) }
        #expect(events(bytes.map { [$0] }) == whole)
    }

    @Test("An event over the limit is told and not kept, and the next one is read")
    func limit() {
        let long = String(repeating: "x", count: 100)
        let expected: [SSEParser.Event] = [.oversized, .data(ByteBuffer(string: "b"))]
        #expect(events([Array("data: \(long)\n\ndata: b\n\n".utf8)], limit: 50) == expected)
        #expect(events(Array("data: \(long)\n\ndata: b\n\n".utf8).map { [$0] }, limit: 50) == expected)
        let lines = String(repeating: "data: xxxxxxxxxx\n", count: 10)
        #expect(events([Array("\(lines)\ndata: b\n\n".utf8)], limit: 50) == expected)
    }

    @Test("A comment over the limit is only a comment")
    func longComment() {
        let comment = String(repeating: ":", count: 1000)
        #expect(events([Array("\(comment)\ndata: b\n\n".utf8)], limit: 50) == [.data(ByteBuffer(string: "b"))])
    }
}
