import JSON
import ProviderKit
import Testing

@Suite("Whole turns in German and Spanish")
struct OfflineLanguageTests {
    @Test func `The eight sentences of the guide in German`() async throws {
        var chat = try await OfflineChat(OfflineTools("Blumen gießen", "Team-Besprechung"))
        let added = try await chat.say("Füge eine Aufgabe hinzu: Lebensmittel kaufen")
        #expect(added == "Hinzugefügt: Aufgabe 3: Lebensmittel kaufen.")
        let all = try await chat.say("Zeige mir alle meine Aufgaben")
        #expect(
            all == """
                Du hast 3 Aufgaben:
                - Aufgabe 1: Blumen gießen
                - Aufgabe 2: Team-Besprechung
                - Aufgabe 3: Lebensmittel kaufen
                """)
        #expect(try await chat.say("Was ist offen?").hasPrefix("Du hast 3 offene Aufgaben:"))
        #expect(try await chat.say("Markiere Aufgabe 3 als erledigt") == "Erledigt: Aufgabe 3: Lebensmittel kaufen.")
        #expect(try await chat.say("Lösche die Besprechung") == "Gelöscht: Aufgabe 2: Team-Besprechung.")
        let changed = try await chat.say("Ändere Aufgabe 1 in 'Mama heute Abend anrufen'")
        #expect(changed == "Geändert: Aufgabe 1: Mama heute Abend anrufen.")
        let remembered = try await chat.say("Ich muss daran denken, die Rechnungen zu bezahlen")
        #expect(remembered == "Hinzugefügt: Aufgabe 4: Die Rechnungen bezahlen.")
        let done = try await chat.say("Was habe ich erledigt?")
        #expect(done.hasPrefix("Du hast 1 erledigte Aufgabe:\n- Aufgabe 3: Lebensmittel kaufen (erledigt)"))
        #expect(chat.tools.titles == ["Mama heute Abend anrufen", "Lebensmittel kaufen", "Die Rechnungen bezahlen"])
        #expect(chat.tools.completed == [3])
    }

    @Test func `The eight sentences of the guide in Spanish`() async throws {
        var chat = try await OfflineChat(OfflineTools("Regar las plantas", "Reunión de equipo"))
        let added = try await chat.say("Añade una tarea para comprar comida")
        #expect(added == "Añadida: Tarea 3: Comprar comida.")
        #expect(
            try await chat.say("Muéstrame todas mis tareas").hasPrefix("Tienes 3 tareas:\n- Tarea 1: Regar las plantas")
        )
        #expect(try await chat.say("¿Qué tengo pendiente?").hasPrefix("Tienes 3 tareas pendientes:"))
        #expect(try await chat.say("Marca la tarea 3 como completada") == "Completada: Tarea 3: Comprar comida.")
        #expect(try await chat.say("Borra la tarea de la reunión") == "Eliminada: Tarea 2: Reunión de equipo.")
        let changed = try await chat.say("Cambia la tarea 1 a 'Llamar a mamá esta noche'")
        #expect(changed == "Cambiada: Tarea 1: Llamar a mamá esta noche.")
        #expect(
            try await chat.say("Tengo que acordarme de pagar las facturas") == "Añadida: Tarea 4: Pagar las facturas.")
        let done = try await chat.say("¿Qué he completado?")
        #expect(done.hasPrefix("Tienes 1 tarea completada:\n- Tarea 3: Comprar comida (completada)"))
        #expect(chat.tools.titles == ["Llamar a mamá esta noche", "Comprar comida", "Pagar las facturas"])
        #expect(chat.tools.completed == [3])
    }

    @Test(
        "Which task is meant is asked and answered in the language of the request",
        arguments: [
            ("Lösche die Besprechung", "Welche meinst du?", "2", "Gelöscht: Aufgabe 2: Besprechung mit Bob."),
            ("Lösche die Besprechung", "Welche meinst du?", "die zweite", "Gelöscht: Aufgabe 2: Besprechung mit Bob."),
            ("Borra la Besprechung", "¿Cuál quieres decir?", "2", "Eliminada: Tarea 2: Besprechung mit Bob."),
            ("Borra la Besprechung", "¿Cuál quieres decir?", "la primera", "Eliminada: Tarea 1: Team Besprechung."),
        ])
    func choices(_ request: String, _ question: String, _ choice: String, _ answer: String) async throws {
        var chat = try await OfflineChat(OfflineTools("Team Besprechung", "Besprechung mit Bob", "Milch"))
        #expect(try await chat.say(request).contains(question))
        #expect(try await chat.say(choice) == answer)
        #expect(chat.tools.rows.count == 2)
    }

    @Test func `The task spoken of last is meant by a pronoun`() async throws {
        var german = try await OfflineChat(OfflineTools("Milch"))
        try await german.say("Füge Brot hinzu")
        #expect(try await german.say("Markiere das als erledigt") == "Erledigt: Aufgabe 2: Brot.")
        #expect(try await german.say("lösch sie") == "Gelöscht: Aufgabe 2: Brot.")
        var spanish = try await OfflineChat(OfflineTools("Leche"))
        try await spanish.say("agrega pan")
        #expect(try await spanish.say("márcala como hecha") == "Completada: Tarea 2: Pan.")
        #expect(try await spanish.say("bórrala") == "Eliminada: Tarea 2: Pan.")
    }

    @Test(
        "A word for the kind of task that its title lacks does not hide it",
        arguments: [
            ("Verschiebe den Termin mit Dr. Weber auf Freitag", 1), ("Verschiebe den Zahnarzttermin auf Freitag", 2),
            ("Mueve la cita del dentista al viernes", 3),
            ("Kannst du das Treffen mit Dr. Weber auf Freitag verlegen?", 1),
        ])
    func kinds(_ text: String, _ id: Int) async throws {
        var chat = try await OfflineChat(OfflineTools("Dr. Weber", "Zahnarzt", "Dentista"))
        let answer = try await chat.say(text)
        #expect(chat.tools.rows.filter { $0.due == "2026-11-27T22:59:59Z" }.map(\.id) == [id], "\(answer)")
    }

    @Test(
        "Please makes a question a request, and its absence does not",
        arguments: [
            ("Lösche Aufgabe 1, bitte?", 0), ("Lösche Aufgabe 1?", 1), ("¿Borra la tarea 1, por favor?", 0),
            ("¿Borra la tarea 1?", 1),
        ])
    func please(_ text: String, _ left: Int) async throws {
        var chat = try await OfflineChat(OfflineTools("Milch"))
        try await chat.say(text)
        #expect(chat.tools.rows.count == left)
    }

    @Test func `A title that is asked for becomes a task`() async throws {
        var german = try await OfflineChat()
        #expect(try await german.say("Füge eine Aufgabe hinzu") == "Wie soll die Aufgabe heißen?")
        #expect(try await german.say("Zahnarzt anrufen, morgen").contains("Zahnarzt anrufen"))
        var spanish = try await OfflineChat()
        #expect(try await spanish.say("Añade una tarea") == "¿Qué debe decir la tarea?")
        #expect(try await spanish.say("comprar pan") == "Añadida: Tarea 1: Comprar pan.")
    }

    @Test func `Dates are told in the language`() async throws {
        var chat = try await OfflineChat()
        let answer = try await chat.say("Erinnere mich am Freitag um 17 Uhr daran, Mama anzurufen")
        #expect(answer == "Hinzugefügt: Aufgabe 1: Mama anrufen (fällig Fr 27. Nov um 17:00).")
        let spanish = try await chat.say("Recuérdame pagar la luz el viernes")
        #expect(spanish == "Añadida: Tarea 2: Pagar la luz (vence vie 27 nov).")
        #expect(try await chat.say("¿Cuántas tareas tengo?") == "Tienes 2 tareas, 2 de ellas pendientes.")
        #expect(try await chat.say("Was ist heute fällig?") == "Du hast keine offenen Aufgaben (fällig heute).")
    }

    @Test(
        "What is not understood, refused or confirmed is told in the language",
        arguments: [
            ("Schreib mir ein Gedicht über die Aufgaben", "Das verstehe ich nicht"),
            ("Hilfe", "Ich bin der einfache Modus"),
            ("ja", "deine Bestätigung"), ("¿Qué es la vida?", "No entiendo"), ("ayuda", "Soy el modo sencillo"),
            ("Füge keine Milch hinzu", "In Ordnung."), ("Lösche Aufgabe 99", "Das ging nicht: There is no task 99."),
            ("Borra la tarea de la abuela", "No encuentro ninguna tarea como «abuela»"),
        ])
    func talk(_ text: String, _ answer: String) async throws {
        var chat = try await OfflineChat(OfflineTools("Milch"))
        #expect(try await chat.say(text).contains(answer))
        #expect(chat.tools.titles == ["Milch"])
    }

    @Test(
        "A message with words of two languages is read in the one it begins with",
        arguments: [
            ("add die Wohnung putzen und den Müll rausbringen", "Die Wohnung putzen und den Müll rausbringen"),
            ("Füge the quarterly report hinzu", "The quarterly report"),
            ("Add a task to comprar leche para la abuela", "Comprar leche para la abuela"),
            ("añade meeting with the team", "Meeting with the team"),
        ])
    func mixed(_ text: String, _ title: String) async throws {
        var chat = try await OfflineChat()
        try await chat.say(text)
        #expect(chat.tools.titles == [title])
    }

    @Test func `An English message is answered in English after a German one`() async throws {
        var chat = try await OfflineChat(OfflineTools("Milk"))
        try await chat.say("Zeige meine Aufgaben")
        #expect(try await chat.say("mark the first as done") == "Completed task 1: Milk.")
    }
}
