import ArgumentParser

/// `steward secret …`
struct SecretCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "secret", abstract: "Seal the secrets of tenant files with a master key, and rotate that key.",
        discussion: """
            The master key is in a file: --master-key FILE, STEWARD_MASTER_KEY_FILE, or systemd's credential \
            steward-master. The server needs it too. Keep it out of repositories and backups.

            To create a master key and seal a secret:
              steward secret create-master /etc/steward/master
              steward secret seal acme openrouter --master-key /etc/steward/master < key
            """,
        subcommands: [SecretSeal.self, SecretCreateMaster.self, SecretRotateMaster.self])
}
