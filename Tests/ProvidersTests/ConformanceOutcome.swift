import ProviderKit
import Synchronization

/// The outcome of one call of an adapter.
struct ConformanceOutcome: Sendable {
    private(set) var completion: ChatCompletion?
    private(set) var failure: (any Error)?
    let events: [ChatEvent]

    var error: ProviderError? { failure as? ProviderError }

    /// Calls the provider; `onText` is called with each part of the text.
    init(_ provider: any ChatProvider, _ request: ChatRequest, onText: @escaping @Sendable () -> Void = {}) async {
        let received = EventLog()
        do {
            completion = try await provider.complete(request) { event in
                received.append(event)
                if event != .began { onText() }
            }
        } catch {
            failure = error
        }
        events = received.events
    }
}

private final class EventLog: Sendable {
    private let log = Mutex<[ChatEvent]>([])

    var events: [ChatEvent] { log.withLock { $0 } }

    func append(_ event: ChatEvent) { log.withLock { $0.append(event) } }
}
