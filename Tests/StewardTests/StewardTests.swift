import ArgumentParser
import JSON
import TestSupport
import Testing

@testable import steward

/// Returns all commands below this one.
private func commands(of command: any ParsableCommand.Type = Steward.self) -> [any ParsableCommand.Type] {
    let configuration = command.configuration
    let children = configuration.subcommands + configuration.groupedSubcommands.flatMap(\.subcommands)
    return [command] + children.flatMap { commands(of: $0) }
}

@Suite struct StewardTests {
    @Test("Every command says what it does, and every one that does something shows an example")
    func help() {
        for command in commands() {
            let configuration = command.configuration
            #expect(!configuration.abstract.isEmpty, "\(command)")
            if configuration.subcommands.isEmpty, command != Steward.self {
                #expect(configuration.discussion.contains("steward "), "\(command)")
            }
        }
    }

    @Test(
        "Every command that does something takes the shared options",
        arguments: [
            ["tenant", "create", "acme"], ["tenant", "list"], ["tenant", "show", "acme"], ["tenant", "check"],
            ["tenant", "enable", "acme"], ["tenant", "disable", "acme"], ["tenant", "delete", "acme"],
            ["key", "create", "acme"], ["key", "import", "acme"], ["key", "list", "acme"], ["key", "rotate", "acme"],
            ["key", "revoke", "acme", "k"], ["key", "delete", "acme", "k"], ["token", "issue", "acme", "alice"],
            ["token", "inspect"], ["token", "verify", "-"], ["token", "revoke", "-"], ["provider", "list"],
            ["provider", "show", "offline"], ["provider", "check", "acme"], ["provider", "models", "acme"],
            ["secret", "seal", "acme", "openrouter"],
            ["secret", "create-master", "f"], ["secret", "rotate-master"], ["audit", "acme"],
            ["nginx", "--server-name", "a", "--certificate", "/c", "--certificate-key", "/k"],
        ])
    func sharedOptions(arguments: [String]) throws {
        _ = try Steward.parseAsRoot(arguments + ["--tenants", "t", "--data", "d", "--json"])
    }

    @Test(
        "What cannot be meant is refused before anything is done",
        arguments: [
            ["tenant", "create", "Acme"], ["tenant", "create", "-acme"], ["tenant", "create", "a/b"],
            ["tenant", "create"], ["token", "issue", "acme", "a/b"], ["token", "issue", "acme", "alice", "--ttl", "1"],
            ["token", "issue", "acme", "alice", "--scope", "everything"], ["key", "create", "acme", "--alg", "none"],
            ["key", "revoke", "acme", "../k"], ["token", "revoke", "--user", "alice"],
            ["audit", "acme", "--last", "0"],
            ["nginx", "--server-name", "a;", "--certificate", "/c", "--certificate-key", "/k"],
            ["nginx", "--server-name", "a", "--certificate", "/c{", "--certificate-key", "/k"],
            ["nginx", "--server-name", "a", "--certificate", "/c", "--certificate-key", "/k", "--listen", "x"],
        ])
    func refused(arguments: [String]) {
        #expect(throws: (any Error).self) { try Steward.parseAsRoot(arguments) }
    }

    @Test("A token on the command line is refused without being repeated", arguments: ["verify", "inspect", "revoke"])
    func tokenArgument(command: String) throws {
        let error = #expect(throws: (any Error).self) {
            try Steward.parseAsRoot(["token", command, "header.claims.signature"])
        }
        let message = Steward.fullMessage(for: try #require(error))
        #expect(message.contains("standard input"))
        #expect(!message.contains("signature"))
    }

    @Test("A table has a heading, aligned columns, and nothing that could move the cursor")
    func table() {
        var table = Table("ID", "NAME")
        table.add("a", "one")
        table.add("long-id", "")
        table.add("b", "x\u{1B}[2J\ny")
        #expect(
            table.text == """
                ID       NAME
                a        one
                long-id  -
                b        x\u{FFFD}[2J\u{FFFD}y

                """)
    }
}
