import HummingbirdCore
import NIOCore
import NIOHTTPTypes

/// A connection as its task uses it: requests in, response parts out.
struct ConnectionChannel: ServerChildChannelValue {
    let inbox: ApplicationInbox
    /// The outbound half, which Hummingbird writes responses to. The inbound half is unused.
    let parts: NIOAsyncChannel<Never, HTTPResponsePart>

    var channel: any Channel { self.parts.channel }
}
