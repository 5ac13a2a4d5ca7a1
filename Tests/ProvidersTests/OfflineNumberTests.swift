import JSON
import ProviderKit
import TestSupport
import Testing

@Suite("Numbers said to the offline adapter")
struct OfflineNumberTests {
    static let phrases = [
        "delete task §", "delete #§", "complete tasks §, § and §", "complete §-§", "complete 1-§",
        "mark § to § as done",
        "show task §", "undo change §", "mark the first § as done", "mark the last § as done", "add milk in § days",
        "add milk in § minutes", "add milk in § years", "add milk within the next § weeks", "add milk § hours from now",
        "add milk on §-1-1", "add milk on 2026-§-1", "add milk on 2026-1-§", "add milk on §.§.2026",
        "add milk on 24.12.§", "add milk on §/§", "add milk on 5/§", "add milk by §/§/§", "add milk on § December",
        "add milk on the §th of May", "add milk on December §, §", "add milk at §", "add milk at §:§",
        "add milk at §pm",
        "add milk at § o'clock", "add milk by the end of November §", "add milk every § days",
        "add milk every §th week",
        "add milk every month on day §", "add milk every § weeks on Monday for § weeks",
        "add milk every day until §-12-24", "add milk every day until 2026-§-24", "add milk every day § times",
        "add milk daily for § days", "add milk every year on § December", "remind me to call mom in § hours",
        "move task § to 2026-§-1", "postpone task 1 by § weeks", "postpone task 1 by § years",
        "set the priority of task § to high", "rename task § to §", "show tasks due in the next § days",
        "show tasks due before 2026-§-30", "show tasks due after §.§.2026", "how many tasks are due in § weeks", "§",
        "#§",
        "§ § §", "add § tasks: §", "tag task § as §",
    ]

    @Test("Whatever number a phrase has gets an answer or sane calls", arguments: phrases)
    func extremes(phrase: String) async throws {
        for number in ExtremeNumbers.all + ["99999999", "999999999999", "1000", "99"] {
            var chat = try await OfflineChat(OfflineTools("Buy milk", "Call mom"))
            let answer = try await chat.say(phrase.replacing("§", with: number))
            #expect(!answer.isEmpty, "\(phrase) \(number)")
        }
    }
}
