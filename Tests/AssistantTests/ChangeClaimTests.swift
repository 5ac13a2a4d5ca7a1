import Testing

@testable import Assistant

@Suite struct ChangeClaimTests {
    @Test(
        "A sentence that says that tasks were changed is a claim",
        arguments: [
            "I have added \"Buy milk\" to your list.", "I've deleted task 3.", "Task 3 has been marked as complete.",
            "Added milk.", "Okay, I removed it for you!", "The task was successfully deleted.", "Task added.",
            "I just moved the meeting to Friday.", "Your tasks have been updated.",
            "I've added it; let me know if you need more.", "I have already deleted task 3.",
            "Ich habe Milch zu deiner Liste hinzugefügt.", "He añadido leche para mañana.",
            "Ich habe die Aufgabe hinzugefügt.", "Aufgabe 3 wurde gelöscht.",
            "Die Aufgaben wurden als erledigt markiert.", "He añadido la tarea.", "La tarea 2 ha sido eliminada.",
            "Se ha completado la tarea.", "Agregué pan a tu lista.", "Added task 3: Call grandma. It is due tomorrow.",
        ])
    func claims(sentence: String) {
        #expect(!ChangeClaim.claims(in: sentence, isQuestion: false).isEmpty)
    }

    @Test(
        "A question, a promise, a negation, a description or a quotation is none",
        arguments: [
            "Shall I add it?", "I can add it for you if you like.", "I have not deleted anything.",
            "Nothing was changed.", "I will delete it once you confirm.", "You added this yesterday.",
            "1. Buy milk (completed)", "- 3. Deleted scenes, due tomorrow", "Which task should be deleted?",
            "You can have tasks added, changed and deleted by me.", "The title is \"I have deleted everything\".",
            "I couldn't find a task that was deleted.", "Task 3 was already completed.",
            "Ich habe nichts gelöscht.", "Soll ich die Aufgabe hinzufügen?", "Ich kann sie hinzufügen, wenn du willst.",
            "No he eliminado nada.", "¿Quieres que la añada?", "Puedo añadirla si quieres.",
            "You have 3 tasks, 2 of them are completed.", "1. Set up the printer", "- Deleted scenes",
            "Completed tasks:",
            "I found 3 tasks marked as high priority.", "I have changed nothing.", "Your completed tasks are 1 and 2.",
        ])
    func isNone(sentence: String) {
        #expect(ChangeClaim.claims(in: sentence, isQuestion: false).isEmpty)
    }

    @Test("After a question a passive describes tasks, and only what the assistant says of itself is a claim")
    func questions() {
        #expect(ChangeClaim.claims(in: "Task 3 has been completed.", isQuestion: true).isEmpty)
        #expect(!ChangeClaim.claims(in: "I have completed task 3.", isQuestion: true).isEmpty)
        #expect(!ChangeClaim.claims(in: "Added task 3: Call grandma.", isQuestion: true).isEmpty)
        #expect(ChangeClaim.claims(in: "Completed task 3: Call grandma.", isQuestion: true).isEmpty)
    }

    @Test("The tasks of a claim are those that it names")
    func ids() {
        let claims = ChangeClaim.claims(in: "I have completed tasks 1, 2 and 5 at 9.", isQuestion: false)
        #expect(claims == [ChangeClaim(kind: .complete, ids: [1, 2, 5])])
    }

    @Test("A request in the form of a question is a request")
    func requests() {
        #expect(!ChangeClaim.isQuestion("Can you add milk?") && !ChangeClaim.isQuestion("Kannst du Milch hinzufügen?"))
        #expect(ChangeClaim.isQuestion("Should I add milk?") && ChangeClaim.isQuestion("Is task 3 done?"))
    }

    @Test("A long answer costs no more than its start")
    func isBounded() {
        let answer = String(repeating: "I have deleted task 3. ", count: 100_000)
        #expect(ChangeClaim.claims(in: answer, isQuestion: false).count == 200)
    }
}
