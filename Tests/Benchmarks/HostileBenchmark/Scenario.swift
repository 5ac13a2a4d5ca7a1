import Foundation
import Synchronization
import TestSupport

/// An attack and its preparation.
struct Scenario: Sendable {
    let id: String
    /// The scripted provider's answer to a chat of `mallory`.
    var reply: @Sendable (ScriptedRequest) -> ScriptedReply = { _ in UpstreamChat.say("Hello.") }
    /// The preparation of the data for the attack, which is not measured.
    var prepare: @Sendable (Site) async throws -> Void = { _ in }
    /// The attack, which is cancelled after `limit`.
    let attack: @Sendable (Site) async -> Void

    /// The maximum duration of an attack. A request of the quiet user that is pending at the end is waited for.
    static let limit: Duration = .seconds(10)

    func play(against program: String) async throws -> Observation {
        try await ScriptedUpstream.run { request, _ in
            reply(request)
        } _: { upstream in
            try await Site.run(program: program, upstream: upstream.url) { site in
                try await prepare(site)
                let quiet = QuietUser(socket: site.socket, token: try site.token("dana", of: "quiet"))
                let cpu = site.cpu
                await withTaskGroup(of: Void.self) { group in
                    group.addTask { await quiet.run() }
                    // Both sides run for the same time, so that a short attack is measured too.
                    group.addTask {
                        await withTaskGroup(of: Void.self) { attack in
                            attack.addTask { await self.attack(site) }
                            attack.addTask { try? await Task.sleep(for: Self.limit) }
                            await attack.next()
                            attack.cancelAll()
                        }
                        try? await Task.sleep(for: .seconds(1))
                    }
                    await group.next()
                    group.cancelAll()
                }
                try await Task.sleep(for: .milliseconds(200))
                return Observation(
                    latencies: quiet.latencies, failures: quiet.failures, memory: site.memory, cpu: site.cpu - cpu,
                    answers: site.answerCounts, isAlive: site.process.ending == nil)
            }
        }
    }

    /// Runs `body` in `count` tasks at once.
    static func crowd(_ count: Int, _ body: @escaping @Sendable (Int) async -> Void) async {
        await withTaskGroup(of: Void.self) { group in
            for number in 0..<count { group.addTask { await body(number) } }
        }
    }

    /// Runs `body` in `count` tasks at once, repeatedly until the attack ends.
    static func endless(_ count: Int, _ body: @escaping @Sendable (Int) async -> Void) async {
        await crowd(count) { number in
            while !Task.isCancelled { await body(number) }
        }
    }
}
