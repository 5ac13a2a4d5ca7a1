import ArgumentParser

/// `steward secret …`
struct SecretCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "secret", abstract: "Seal the secrets of tenant files with a master key, and rotate that key.",
        discussion: """
            The master key is in a file: --master-key FILE, STEWARD_MASTER_KEY_FILE, or systemd's credential \
            steward-master. The server needs it as well, and it belongs in no repository and beside no backup.

            From nothing to a sealed key:
              steward secret create-master /etc/steward/master
              steward secret seal acme openrouter --master-key /etc/steward/master < key
            """,
        subcommands: [SecretSeal.self, SecretCreateMaster.self, SecretRotateMaster.self])
}
