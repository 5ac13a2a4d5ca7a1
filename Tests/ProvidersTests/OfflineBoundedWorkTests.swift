import Fuzzing
import Offline
import ProviderKit
import Testing

@Suite("Long messages are bounded work", .serialized)
struct OfflineBoundedWorkTests {
    /// The maximum number of steps, each of about 20 ns in a release build; `make bench BENCH=offline` shows the time.
    static let bound = 1_000_000

    private func steps(_ request: ChatRequest) -> (count: Int, step: Planner.Step) {
        let (reading, acting) = (Work(), Work())
        let step = Planner.step(request, reading: reading, acting: acting)
        return (reading.steps + acting.steps, step)
    }

    @Test("A message alone", arguments: HostileMessage.all)
    func message(_ message: HostileMessage) {
        #expect(message.text.unicodeScalars.count == 5_000)
        let (count, step) = steps(HostileConversation.request([.user(message.text)]))
        // Each byte must be counted: uncounted work would not be bounded.
        #expect(count >= 5_000)
        #expect(count <= Self.bound)
        if case .answer(let answer) = step { #expect(!answer.isEmpty && answer.utf8.count < 8_000) }
    }

    @Test("A history of forty, and one more", arguments: HostileMessage.all)
    func history(_ message: HostileMessage) {
        #expect(steps(HostileConversation.history(of: message.text)).count <= Self.bound)
        // "2" answers the question of the turn before, whose message is read again.
        #expect(steps(HostileConversation.history(of: message.text, last: "2")).count <= Self.bound)
    }

    @Test("A hundred tasks with titles of 200 characters", arguments: HostileMessage.all)
    func results(_ message: HostileMessage) {
        let words = String(message.text.prefix(150))
        for text in ["delete the \(words)", "mark \(words) done", "find \(words)", message.text] {
            guard case .call(let calls) = steps(HostileConversation.request([.user(text)])).step else { continue }
            #expect(steps(HostileConversation.results(for: calls, of: text)).count <= Self.bound)
        }
    }

    @Test("One that is too long is told so in every step, and nothing is called")
    func tooLong() throws {
        let message = try #require(HostileMessage.all.first { $0.name == "repeated requests" })
        guard case .answer(let answer) = steps(HostileConversation.request([.user(message.text)])).step else {
            Issue.record("there are calls")
            return
        }
        #expect(answer.contains("too long for me"))
        #expect(answer.contains("I changed nothing"))
    }

    @Test(
        "Messages that people write are far from the bound",
        arguments: [
            "add milk tomorrow at 5 pm", "delete the milk task", "what is due this week?",
            "add a task to buy groceries tomorrow, mark task 3 as done and show me what is left",
            "remind me every monday and thursday at 8 to take out the trash until december",
            "change the task about the dentist to 'Call Dr. Weber' and move it to friday",
        ])
    func ordinary(_ text: String) {
        #expect(steps(HostileConversation.request([.user(text)])).count < Work.limit / 4)
    }
}
