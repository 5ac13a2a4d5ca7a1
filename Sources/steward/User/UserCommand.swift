import Administration
import ArgumentParser
import Identity

/// `steward user …`
struct UserCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "user", abstract: "List, show, export, import and delete the data of users.",
        discussion: "These commands go through the running server, or use the data folder if no server is running.",
        subcommands: [UserList.self, UserShow.self, UserExport.self, UserImportCommand.self, UserDelete.self])
}

/// The tenant and user that a command names.
struct AccountArguments: ParsableArguments {
    @Argument(help: "The tenant.")
    var tenant: TenantID

    @Argument(help: "The user id, as in tokens.")
    var user: UserID

    var account: Account { Account(tenant: tenant, user: user) }

    /// The error for a user without data.
    var missing: CommandError {
        CommandError(
            "there is no data of \(user) of \(tenant)", advice: "See who has data with `steward user list \(tenant)`.")
    }
}
