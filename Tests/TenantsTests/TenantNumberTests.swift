import ProviderKit
import Tenants
import TestSupport
import Testing
import Time

/// Extreme numbers in every numeric value of a tenant's file.
@Suite struct TenantNumberTests {
    static let integers = [
        "assistant: {max_rounds: N}", "assistant: {max_changes: N}", "assistant: {history_messages: N}",
        "assistant: {max_output_tokens: N}",
        "limits: {chats_per_minute: N}", "limits: {concurrent_chats: N}", "limits: {users: N}", "limits: {tasks: N}",
        "limits: {conversations: N}", "limits: {messages: N}",
    ]
    static let durations = [
        "assistant: {deadline: N}", "limits: {retention: N}", "tokens: {max_life: N}",
        "providers: {offline: {timeouts: {first_byte: N}}}", "providers: {offline: {timeouts: {idle: N}}}",
    ]
    static let sizes = ["limits: {database: N}"]

    private func problems(_ text: String) -> [TenantProblem] {
        let parsed = TenantFile.parse(
            Array("provider: offline\n\(text)\n".utf8), file: "tenant.yaml", registry: TemporaryTenants.registry)
        #expect((parsed.file == nil) == !parsed.problems.isEmpty)
        return parsed.problems
    }

    @Test("A whole number out of its range is one problem", arguments: integers)
    func checksInteger(line: String) {
        // Within the range of nearly all values, or of none.
        for number in ExtremeNumbers.all where !["0", "-0", "00", "+1"].contains(number) {
            #expect(problems(line.replacing("N", with: number)).count == 1, "\(line) \(number)")
        }
        for number in ["0", "-0", "00", "+1"] { _ = problems(line.replacing("N", with: number)) }
    }

    @Test("A duration of any size is in its range or one problem", arguments: durations)
    func checksDuration(line: String) {
        for number in ExtremeNumbers.all {
            for unit in ["ms", "s", "m", "h", "d", "", "w"] {
                let found = problems(line.replacing("N", with: number + unit))
                #expect(found.count <= 1, "\(line) \(number)\(unit)")
                if unit == "" || unit == "w" { #expect(found.count == 1, "\(line) \(number)\(unit)") }
            }
        }
    }

    @Test("A size of any size is in its range or one problem", arguments: sizes)
    func checksSize(line: String) {
        for number in ExtremeNumbers.all {
            for unit in ["KB", "MB", "GB", "TB", ""] {
                let found = problems(line.replacing("N", with: number + unit))
                #expect(found.count == 1, "\(line) \(number)\(unit)")
            }
        }
    }

    @Test("Durations of options end after a hundred years: what they are added to stays a time")
    func longest() {
        #expect(Duration(units: "36500d") == .seconds(36_500 * 86_400))
        #expect(Duration(units: "36501d") == nil)
        #expect(Duration(units: "9223372036854775807ms") == nil)
        #expect(Duration(units: "106751991167d") == nil)
    }

    @Test("A provider's own keys take any number to the adapter, and none ends the process")
    func options() {
        for number in ExtremeNumbers.all {
            _ = problems("providers: {openrouter: {model: m, api_key: env:A, site: \(number)}}")
        }
    }
}
