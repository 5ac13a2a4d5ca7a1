import EventLoops
import HummingbirdCore
import Logging
import NIOCore
import NIOHTTPTypes

/// A child channel for the connections of a Hummingbird server.
struct FastCGIChildChannel: ServerChildChannel {
    let responder: HTTPChannelHandler.Responder
    let configuration: FastCGIConfiguration

    func setup(channel: any Channel, logger: Logger) -> EventLoopFuture<ConnectionChannel> {
        let configured: EventLoopFuture<Void> =
            if let allowed = self.configuration.allowedUserIDs {
                PeerCredentials.read(from: channel).flatMapThrowing { peer in
                    guard allowed.contains(peer.userID) else { throw PeerCredentials.Refused(userID: peer.userID) }
                }
            } else {
                channel.eventLoop.makeSucceededVoidFuture()
            }
        return configured.flatMapThrowing {
            try self.addHandlers(to: channel, logger: logger)
        }.flatMapErrorThrowing { error in
            // A refused connection is not handed to any task, so it must be closed here.
            logger.warning("FastCGI connection refused", metadata: ["error": "\(error)"])
            self.configuration.statistics.protocolBroken()
            channel.close(promise: nil)
            throw error
        }
    }

    private func addHandlers(to channel: any Channel, logger: Logger) throws -> ConnectionChannel {
        // On a unix socket the kernel distinguishes a peer that closed (cancel) from one that only shut down its
        // sending side (it waits for its answer). Over TCP both look the same, and both cancel.
        let isUnix = channel.localAddress?.protocol == .unix
        try channel.syncOptions?.setOption(.allowRemoteHalfClosure, value: isUnix)
        let inbox = ApplicationInbox(channel: channel)
        try channel.pipeline.syncOperations.addHandler(
            FastCGIHandler(configuration: self.configuration, logger: logger, inbox: inbox))
        return ConnectionChannel(inbox: inbox, parts: try NIOAsyncChannel(wrappingChannelSynchronously: channel))
    }

    /// Serves one connection on its event loop until it closes, which cancels the task of its request. Errors concern
    /// this connection alone, so they are logged and not thrown.
    func handle(value connection: ConnectionChannel, logger: Logger) async {
        let channel = connection.channel
        await withTaskExecutorPreference(EventLoopExecutor.executor(for: channel.eventLoop)) {
            await withTaskCancellationHandler {
                await withDiscardingTaskGroup { group in
                    group.addTask { await self.serve(connection, logger: logger) }
                    try? await channel.closeFuture.get()
                    group.cancelAll()
                }
            } onCancel: {
                channel.close(promise: nil)
            }
        }
    }

    private func serve(_ connection: ConnectionChannel, logger: Logger) async {
        do {
            try await connection.parts.executeThenClose { _, outbound in
                while let part = await connection.inbox.next() {
                    // Any other part belongs to a body that the last request's application did not read.
                    guard case .request(let head, let parameters, let whole) = part else { continue }
                    let body =
                        whole.map(RequestBody.init(buffer:))
                        ?? RequestBody(asyncSequence: StreamedBody(inbox: connection.inbox))
                    try await FastCGIParameters.$current.withValue(parameters) {
                        try await self.responder(
                            Request(head: head, body: body), ResponseWriter(outbound: outbound), connection.channel)
                    }
                }
                // The handler may have output to write or input to skip; it closes the connection itself.
                try await connection.channel.closeFuture.get()
            }
        } catch {
            logger.debug("FastCGI connection ended early", metadata: ["error": "\(error)"])
        }
    }
}
