import Assistant
import HTTPTypes
import Hummingbird
import JSON
import NIOCore
import ProviderKit

/// Writes the events of a turn as they come, with a sign of life in between, and exactly one terminal event.
struct EventStream {
    /// How long a client waits for the head of its answer at the most.
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

    /// What came before the head could be sent.
    struct Start: Sendable {
        let id: TurnID
        /// The event that proved a target alive; nil when the wait was over first.
        let event: TurnEvent?
    }

    /// Waits until a target has proved alive, or until someone wakes the reader.
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
        // The writer stays here; only the clock runs beside it.
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

    /// Whether the event was the last one.
    @concurrent
    private func write(_ event: TurnEvent, to writer: inout any ResponseBodyWriter) async throws -> Bool {
        switch event {
        case .started, .alive: break
        case .text(let text): try await writer.write(ServerSentEvent.message(text))
        case .toolCall(let id, let tool, let arguments):
            try await writer.write(ServerSentEvent.toolCall(id: id, tool: tool, arguments: arguments))
        case .toolResult(let id, let tool, let result):
            // Fifty long tasks are a megabyte, too much to be written on an event loop.
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
