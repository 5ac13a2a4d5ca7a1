import Postgres
import Time
import TodoStore

extension PostgresRows {
    func conversation(_ id: Int) throws -> Conversation? {
        var arguments = arguments
        arguments.append(id)
        guard let conversation = try ask(.conversation, arguments).first.map(Self.conversation) else { return nil }
        known.conversations.insert(id)
        return conversation
    }

    func conversations(
        words: [String], before place: (updatedAt: Int, id: Int), limit: Int
    ) throws -> [Conversation] {
        var arguments = arguments
        arguments.append(place.updatedAt)
        arguments.append(place.id)
        arguments.append(limit)
        arguments.append(words.map(\.storable))
        return try ask(.conversations, arguments).rows.map(Self.conversation)
    }

    private static func conversation(_ row: ResultRow) throws -> Conversation {
        Conversation(
            id: try row.int(0), title: try row.text(1), createdAt: try row.time(2), updatedAt: try row.time(3))
    }

    func conversationCount() throws -> Int {
        try load()
        return account.conversations
    }

    func oldestConversation() throws -> Timestamp? {
        try load()
        guard account.conversations > 0 else { return nil }
        return try ask(.oldestConversation, arguments).first?.timeIfAny(0)
    }

    func insertConversation(title: String, at now: Timestamp) throws -> Int {
        try load()
        let (id, title) = (account.lastConversation + 1, title.storable)
        let size = RowSize.conversation(title: title)
        var arguments = arguments
        arguments.append(id)
        arguments.append(title)
        arguments.append(title.folded)
        arguments.append(now.milliseconds)
        arguments.append(size)
        try change(.insertConversation, arguments)
        account.lastConversation = id
        account.conversations += 1
        addedBytes += size
        known.conversations.insert(id)
        known.newConversations.insert(id)
        return id
    }

    func renameConversation(_ id: Int, title: String, at now: Timestamp) throws -> Bool {
        let title = title.storable
        let size = RowSize.conversation(title: title)
        var arguments = arguments
        arguments.append(id)
        arguments.append(title)
        arguments.append(title.folded)
        arguments.append(now.milliseconds)
        arguments.append(size)
        guard let row = try changeNow(.renameConversation, arguments).first else { return false }
        addedBytes += size - (try row.int(0))
        return true
    }

    func touchConversation(_ id: Int, at now: Timestamp) throws -> Bool {
        var arguments = arguments
        arguments.append(id)
        arguments.append(now.milliseconds)
        if known.conversations.contains(id) {
            try change(.touchConversation, arguments)
            return true
        }
        guard try changeNow(.touchConversation, arguments).changedRows == 1 else { return false }
        known.conversations.insert(id)
        return true
    }

    func deleteConversation(_ id: Int) throws -> Bool { try deleteConversations([id]) }

    func deleteConversations(before end: Timestamp) throws -> Bool {
        var arguments = arguments
        arguments.append(end.milliseconds)
        let ids = try ask(.conversationsToForget, arguments).rows.map { try $0.int(0) }
        return try !ids.isEmpty && deleteConversations(ids)
    }

    private func deleteConversations(_ ids: [Int]) throws -> Bool {
        var arguments = arguments
        arguments.append(ids)
        let results = try changeNow((.conversationSizes, arguments), (.deleteConversations, arguments))
        let count = results[1].changedRows
        guard count > 0, let sizes = results[0].first else { return false }
        account.conversations -= count
        account.messages -= try sizes.int(0)
        addedBytes -= try sizes.int(1) + RowSize.turn * sizes.int(2)
        known.forgetConversations()
        // Those of a turn that was running are gone with it.
        runnersChanged = true
        return true
    }
}
