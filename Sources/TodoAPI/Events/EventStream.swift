import Assistant
import EventLoops
import HTTPTypes
import Hummingbird
import JSON
import NIOCore
import ProviderKit

/// A writer of a turn's events as they arrive, with heartbeats in between and exactly one terminal event.
struct EventStream {
    /// The maximum time until the head of the answer is sent.
    static let longestSilentStart = Duration.seconds(10)
    /// Well below the 60 seconds after which nginx gives up on a silent backend.
    static let heartbeat = Duration.seconds(15)

    let turn: TurnReader
    let clock: any Clock<Duration>

    static func response(_ body: ResponseBody) -> Response {
        Response(
            status: .ok,
            headers: [
                .contentType: "text/event-stream", .cacheControl: "no-store", .xAccelBuffering: "no",
            ],
            body: body)
    }

    /// The events before the head is sent.
    struct Start: Sendable {
        let id: TurnID
        /// The event that showed that a target is alive; nil when the wait ended before.
        let event: TurnEvent?
    }

    /// Waits until a target is alive, or until the reader is woken.
    ///
    /// - Throws: `TurnError` when the turn fails before that.
    static func start(of turn: TurnReader) async throws -> Start {
        var id: TurnID?
        var isOverdue = false
        while true {
            switch await turn.next() {
            case .event(.started(let started)):
                id = started
                if isOverdue { return Start(id: started, event: nil) }
            case .event(.failed(let error)): throw error
            case .event(let event):
                guard let id else { throw CancellationError() }
                return Start(id: id, event: event)
            case .idle:
                if let id { return Start(id: id, event: nil) }
                isOverdue = true
            case .end: throw CancellationError()
            }
        }
    }

    @concurrent
    func write(_ start: Start, to writer: inout any ResponseBodyWriter) async throws {
        // The writer stays in this task; only the clock runs beside it.
        try await withThrowingTaskGroup(of: Void.self) { group in
            group.addTask { [clock, turn] in
                while true {
                    try await clock.sleep(for: Self.heartbeat)
                    turn.wake()
                }
            }
            defer { group.cancelAll() }
            try await writer.write(ServerSentEvent.conversation(start.id))
            var isOver = false
            if let event = start.event { isOver = try await write(event, to: &writer) }
            while !isOver {
                switch await turn.next() {
                case .event(let event): isOver = try await write(event, to: &writer)
                case .idle: try await writer.write(ServerSentEvent.heartbeat)
                case .end: throw CancellationError()
                }
            }
            try await writer.finish(nil)
        }
    }

    /// Writes an event; returns whether it was the last one.
    @concurrent
    private func write(_ event: TurnEvent, to writer: inout any ResponseBodyWriter) async throws -> Bool {
        switch event {
        case .started, .alive: break
        case .text(let text): try await writer.write(ServerSentEvent.message(text))
        case .toolCall(let id, let tool, let arguments):
            try await writer.write(ServerSentEvent.toolCall(id: id, tool: tool, arguments: arguments))
        case .toolResult(let id, let tool, let result):
            // Fifty long tasks are a megabyte, too much to serialize on an event loop.
            try await writer.write(
                OffLoop.run { ServerSentEvent.toolResult(id: id, tool: tool, result: result) })
        case .restart(let reason): try await writer.write(ServerSentEvent.restart(reason: reason))
        case .finished(let outcome):
            try await writer.write(ServerSentEvent.done(outcome))
            return true
        case .failed(let error):
            try await writer.write(ServerSentEvent.error(Problem(error)))
            return true
        }
        return false
    }
}
