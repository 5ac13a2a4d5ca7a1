import HummingbirdCore
import NIOCore
import NIOHTTPTypes

/// A connection as its task sees it: requests in, response parts out.
struct ConnectionChannel: ServerChildChannelValue {
    let parts: NIOAsyncChannel<ApplicationPart, HTTPResponsePart>

    var channel: any Channel { self.parts.channel }
}
