import Assistant
import EventLoops
import HTTPTypes
import Hummingbird
import JSON
import NIOCore
import ProviderKit
import Tenants
import TodoStore
import Tokens

/// The route for a message to the assistant, answered as a whole or as a stream.
struct ChatRoutes: Sendable {
    let turns: TurnRunner
    let clock: any Clock<Duration>

    var routes: [Route] { [Route(.post, "/chat", .chat, .chat, weight: .chat, chat)] }

    private func chat(_ request: Request, _ context: UserContext) async throws -> Response {
        let (body, object) = try await request.bodyAndObject()
        let claim = try request.idempotencyClaim(body: body)
        let message = try ChatMessageBody(object)
        let wantsEvents = message.stream ?? request.acceptsEventStream
        let turn = try turns.start(
            TurnRequest(
                account: context.account, tenant: context.tenant, conversation: message.conversation,
                message: message.message, confirmsChanges: message.confirms, idempotency: claim))
        let allowance = turns.allowance(of: context.account, context.tenant.limits)
        var response: Response
        do {
            response = wantsEvents ? try await events(of: turn) : try await answer(of: turn)
        } catch TurnError.replay(let outcome) {
            response = try await replay(outcome, asEvents: wantsEvents)
        }
        response.headers.append(contentsOf: allowance.headers)
        return response
    }

    /// Waits for the end of the turn. A client that disconnects cancels this task and its wait; the runner ends the
    /// turn.
    private func answer(of turn: TurnReader) async throws -> Response {
        while true {
            switch await turn.next() {
            case .event(.finished(let outcome)):
                // Results of tools can be a megabyte, too much to serialize on an event loop.
                return APIResponse.json(try await OffLoop.run { outcome.json.serialized })
            case .event(.failed(let error)): throw error
            case .event, .idle: continue
            case .end: throw CancellationError()
            }
        }
    }

    /// Sends the head when a target is alive, so that an earlier failure gets its HTTP status.
    private func events(of turn: TurnReader) async throws -> Response {
        let first = try await withThrowingTaskGroup(of: Void.self) { group in
            group.addTask {
                try await clock.sleep(for: EventStream.longestSilentStart)
                turn.wake()
            }
            defer { group.cancelAll() }
            return try await EventStream.start(of: turn)
        }
        return EventStream.response(
            ResponseBody { [clock] writer in
                let stream = EventStream(turn: turn, clock: clock)
                try await stream.write(first, to: &writer)
            })
    }

    private func replay(_ outcome: TurnOutcome, asEvents: Bool) async throws -> Response {
        guard asEvents else {
            return try await OffLoop.run { StoredAnswer(status: .ok, body: outcome.json, isReplayed: true) }.response
        }
        let events = try await OffLoop.run { ServerSentEvent.replay(of: outcome) }
        var response = EventStream.response(ResponseBody(byteBuffer: events))
        response.headers[.idempotentReplayed] = "true"
        return response
    }
}

extension Request {
    fileprivate var acceptsEventStream: Bool {
        headers[values: .accept].contains { value in
            value.utf8.split(separator: UInt8(ascii: ",")).contains { range in
                guard let range = MediaRange(Substring(range)) else { return false }
                return range.type == "text/event-stream" && !range.parameters.contains("q=0")
            }
        }
    }
}
