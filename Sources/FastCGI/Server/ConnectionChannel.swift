import HummingbirdCore
import NIOCore
import NIOHTTPTypes

/// A connection as its task sees it: requests in, response parts out.
struct ConnectionChannel: ServerChildChannelValue {
    let inbox: ApplicationInbox
    /// Only its outbound half is used, which Hummingbird writes responses to.
    let parts: NIOAsyncChannel<Never, HTTPResponsePart>

    var channel: any Channel { self.parts.channel }
}
