/// The two ends of a measured turn: the model and the users.
///
///     TurnBenchmark upstream                          a server of chat completions that answers at once; prints its port
///     TurnBenchmark load URL TOKENS TURNS CHATS TYPE  TURNS turns, CHATS chats at once; TYPE is json or events
///     TurnBenchmark latency URL TOKENS TURNS PORT DB  a single chat, beside the same calls made directly
///
/// TOKENS is a file with a user and a token on each line. DB is the file for the bare commits.
@main
enum TurnBenchmark {
    /// The error for invalid arguments, with the usage.
    struct UsageError: Error, CustomStringConvertible {
        let description =
            "usage: TurnBenchmark upstream | load URL TOKENS TURNS CHATS TYPE | latency URL TOKENS TURNS PORT DB"
    }

    static func main() async throws {
        let arguments = Array(CommandLine.arguments.dropFirst())
        switch (arguments.first, arguments.count) {
        case ("upstream", 1):
            try await Upstream.run()
        case ("load", 6):
            guard let turns = Int(arguments[3]), let chats = Int(arguments[4]) else { throw UsageError() }
            let users = try ChatUser.load(arguments[2])
            try await Load(url: arguments[1], users: users, turns: turns, chats: chats, type: arguments[5]).run()
        case ("latency", 6):
            guard let turns = Int(arguments[3]), let port = Int(arguments[4]) else { throw UsageError() }
            let users = try ChatUser.load(arguments[2])
            try await Latency(url: arguments[1], users: users, turns: turns, port: port, database: arguments[5]).run()
        default:
            throw UsageError()
        }
    }
}
