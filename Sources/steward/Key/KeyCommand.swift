import ArgumentParser

/// `steward key …`
struct KeyCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "key", abstract: "Create, import, rotate and revoke the keys that sign tokens.",
        subcommands: [
            KeyCreate.self, KeyImport.self, KeyList.self, KeyRotate.self, KeyRevoke.self, KeyDelete.self,
        ])
}
