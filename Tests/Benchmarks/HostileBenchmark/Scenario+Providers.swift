import TestSupport

extension Scenario {
    /// Streams of a hostile provider, each to four chats of one user.
    static let providers: [Scenario] = [
        ("members", [event(twice(members(45_000))), UpstreamChat.text("x")] + UpstreamChat.ending),
        ("reasoning", Array(repeating: reasoning, count: 80_000) + [UpstreamChat.text("x")] + UpstreamChat.ending),
        (
            "spaces",
            [.send(String(repeating: " ", count: 15_000_000) + "\n\n"), UpstreamChat.text("x")] + UpstreamChat.ending
        ),
        (
            "comments",
            Array(repeating: .send(String(repeating: ":\n", count: 50_000)), count: 100) + UpstreamChat.ending
        ),
    ].map { id, steps in
        Scenario(
            id: id, reply: { _ in .stream(steps) },
            attack: { site in
                await crowd(4) { _ in
                    await site.attack(
                        "POST", "/api/eve/chat", user: "eve", of: "mallory", body: #"{"message":"Hello"}"#)
                }
            })
    }

    private static let reasoning = event(
        #"{"choices":[{"index":0,"delta":{"reasoning_details":[{"type":"reasoning.text","text":"x","index":0}]}}]}"#)

    private static func event(_ text: String) -> ScriptedReply.Step { .send("data: \(text)\n\n") }

    private static func members(_ count: Int) -> String {
        "{" + (0..<count).map { #""m\#($0)":1"# }.joined(separator: ",") + "}"
    }

    /// Returns an event with the same object twice.
    private static func twice(_ object: String) -> String {
        #"{"choices":[{"index":0,"delta":{"a":\#(object),"b":\#(object)}}]}"#
    }
}
