/// A message of 5,000 characters that takes the most work of its kind.
package struct HostileMessage: Sendable, CustomStringConvertible {
    package let name: String
    package let text: String

    package var description: String { name }

    /// Repeats the text up to the maximum length of a message.
    private init(_ name: String, repeating piece: String, after start: String = "") {
        self.name = name
        let scalars = Array(piece.unicodeScalars)
        var text = start.unicodeScalars
        var next = 0
        while text.count < 5000 {
            text.append(scalars[next])
            next = (next + 1) % scalars.count
        }
        self.text = String(text)
    }

    package static let all: [HostileMessage] = [
        HostileMessage("combining marks", repeating: "\u{301}", after: "add a"),
        HostileMessage("combining marks of many classes", repeating: "\u{301}\u{323}\u{345}\u{327}", after: "delete e"),
        HostileMessage("letters with thirty marks each", repeating: "e" + String(repeating: "\u{301}", count: 30)),
        HostileMessage(
            "short words with thirty marks", repeating: "ab" + String(repeating: "\u{323}", count: 30) + " "),
        HostileMessage(
            "repeated requests", repeating: "remind me about the report and move the meeting to friday "),
        HostileMessage("requests in one title", repeating: "and add milk ", after: "buy flour "),
        HostileMessage("changes without end", repeating: "mark the task done and "),
        HostileMessage("commas", repeating: "milk, ", after: "add "),
        HostileMessage("nothing but commas", repeating: ", "),
        HostileMessage("requests with commas", repeating: "delete 1, 2, 3, "),
        HostileMessage("a long number", repeating: "9", after: "delete task "),
        HostileMessage("long numbers", repeating: "123456789012 ", after: "complete "),
        HostileMessage("ranges", repeating: "1-99 ", after: "delete tasks "),
        HostileMessage("quotation marks", repeating: "'"),
        HostileMessage("quotations", repeating: "'a' \"b\" “c” and ", after: "add "),
        HostileMessage("openings of quotations", repeating: " ‘„“«`'\""),
        HostileMessage("a long word", repeating: "a", after: "delete the "),
        HostileMessage("a long word of other letters", repeating: "ß", after: "delete the "),
        HostileMessage("words like ours", repeating: "compleet delet renam mrak schedul "),
        HostileMessage("dates", repeating: "on friday at 5 pm ", after: "remind me "),
        HostileMessage("dates and more dates", repeating: "add milk tomorrow at 5 pm, "),
        HostileMessage("numeric dates", repeating: "on 12/24 by 24.12. "),
        HostileMessage("weekdays", repeating: "every monday and tuesday and ", after: "add x "),
        HostileMessage("rules", repeating: "every 2 weeks on monday until friday "),
        HostileMessage("references", repeating: "the a and the b and ", after: "delete "),
        HostileMessage("tasks by number", repeating: "task 1 and ", after: "delete "),
        HostileMessage("words of titles", repeating: "abcd bcda cdab dabc ", after: "delete the task about "),
        HostileMessage("emoji of several parts", repeating: "👨‍👩‍👧‍👦"),
        HostileMessage("flags", repeating: "🇩🇪", after: "add "),
        HostileMessage("joiners", repeating: "\u{200D}", after: "add 👩"),
        HostileMessage("tags", repeating: "#a ", after: "add x "),
        HostileMessage("tags with names", repeating: "tags tags, ", after: "show "),
        HostileMessage("courtesies", repeating: "please "),
        HostileMessage("words of patterns", repeating: "to is as the of ", after: "change "),
        HostileMessage("priorities", repeating: "priority is high ", after: "make "),
        HostileMessage("notes", repeating: "note : ", after: "add x "),
        HostileMessage("filters", repeating: "all my pending tasks ", after: "show "),
        HostileMessage("questions", repeating: "what is due today? "),
        HostileMessage("lines", repeating: "\n- add milk"),
        HostileMessage("brackets", repeating: "([{"),
        HostileMessage("one letter words", repeating: "i "),
        HostileMessage("German requests", repeating: "und lösche die aufgabe morgen ", after: "füge die aufgabe "),
        HostileMessage("German patterns", repeating: "bitte die neue aufgabe als um zu ", after: "füge "),
        HostileMessage("German reminders", repeating: "am freitag um 17 uhr daran ", after: "erinnere mich "),
        HostileMessage("German umlauts", repeating: "ü ä ö ", after: "ändere "),
        HostileMessage("Spanish requests", repeating: "y borra la tarea mañana ", after: "añade una tarea para "),
        HostileMessage("Spanish patterns", repeating: "a la nueva tarea de que para ", after: "cambia "),
        HostileMessage("Spanish reminders", repeating: "todos los lunes por la mañana que ", after: "recuérdame "),
        HostileMessage("exceptions", repeating: "except all but ", after: "complete everything "),
        HostileMessage("as separate tasks", repeating: "milk as two separate tasks ", after: "add "),
        HostileMessage("writing from right to left", repeating: "أضف مهمة و"),
    ]
}
