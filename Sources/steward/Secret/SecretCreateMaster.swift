import Administration
import ArgumentParser
import JSON
import Tenants

/// `steward secret create-master`
struct SecretCreateMaster: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "create-master", abstract: "Create a file with a master key, readable by its owner only.",
        discussion: """
            The file gives access to all secrets in the tenants' files. If it is lost, they must be sealed again.

            Example: steward secret create-master /etc/steward/master
            """)

    @Argument(help: "The file, which must not exist yet.")
    var file: String

    @OptionGroup var shared: SharedOptions

    func run() async throws {
        let administration = try shared.workspace().administration
        let key = try changing { try administration.createMasterKey(MasterKeyFile(path: file)) }
        try shared.show(
            ["file": .string(file), "master_key": .string(key.id)],
            people: """
                Created the master key \(key.id) in \(file).
                Pass it to every command and to the server with --master-key, STEWARD_MASTER_KEY_FILE, or systemd's
                LoadCredential=steward-master:\(file)

                """)
    }
}
