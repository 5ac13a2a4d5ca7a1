import ArgumentParser

/// `steward tenant …`
struct TenantCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "tenant", abstract: "Create, show, check and delete tenants.",
        subcommands: [
            TenantCreate.self, TenantList.self, TenantShow.self, TenantCheck.self, TenantEnable.self,
            TenantDisable.self, TenantDelete.self,
        ])
}
