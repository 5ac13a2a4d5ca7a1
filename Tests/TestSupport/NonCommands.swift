/// Messages that ask for no change: nothing may be added, changed or deleted for any of them.
package enum NonCommands {
    /// A message with the code of its language.
    package struct Message: Sendable, CustomStringConvertible {
        package let language: String
        package let text: String

        package var description: String { text }
    }

    /// Titles of tasks whose words occur in the messages, so that a wrong change would find its task.
    package static let titles = [
        "Buy milk", "Call mom", "Write the report", "Email the boss", "Milch kaufen", "Bericht schreiben",
        "Mama anrufen",
        "Comprar leche", "Escribir el informe", "Llamar a mamá", "Team meeting", "Water the plants",
    ]

    /// All messages; see `text`.
    package static let all: [Message] = {
        var messages: [Message] = []
        var language = ""
        for line in text.split(separator: "\n") {
            if line.hasPrefix("["), line.hasSuffix("]") {
                language = String(line.dropFirst().dropLast())
            } else {
                messages.append(Message(language: language, text: String(line)))
            }
        }
        return messages
    }()

    /// One message a line, in sections by language.
    private static let text = """
        [en]
        why is task 3 so important?
        Why did I add the milk task in the first place?
        what happens when I complete a task?
        what would happen if I deleted task 2?
        What if I mark everything as done?
        how do I delete a task?
        How does undo work?
        how do reminders work here?
        can you delete tasks?
        Can I delete the milk task?
        could I rename task 1 later?
        may I add more than ten tasks?
        should I add milk?
        Should we delete the report task?
        shall I mark the report as done?
        Should I really call mom today?
        do you think I can finish the report today?
        do you think task 2 is urgent?
        did you delete the milk task?
        Did I already add milk?
        Have you marked task 3 as done?
        have I finished the report?
        who added the milk task?
        when did I add task 1?
        is it possible to undo a deletion?
        Is the milk task done?
        would it make sense to delete task 4?
        isn't the report overdue?
        Delete task 2?
        add milk?
        mark the report as done?
        I need to buy milk?
        undo that?
        I wish I had more time
        I wish the report were done
        I should really call my mom more often
        I should drink less milk
        We should talk more often
        I should get better at writing reports
        Maybe I should add milk
        maybe delete task 3
        perhaps I could move the meeting
        I could add milk, I suppose
        I might delete the report task tomorrow
        I would love to delete the report
        If only I could finish the report
        if I delete task 2, will it come back?
        when I am done with the report I will celebrate
        I was going to add milk but forgot
        I was thinking about deleting the report task
        I thought about adding a task for milk
        I wanted to call mom
        I almost deleted the report task
        I already added milk
        I added milk yesterday
        I deleted task 2 last week
        Deleted the milk task by mistake, sorry
        marked it as done yesterday
        I have already removed the meeting
        I did not add milk
        I haven't called mom
        don't delete anything
        don't add milk
        Please don't mark task 3 as done
        do not touch the report
        never delete the milk task
        please never add tasks without asking
        No, don't add milk
        I don't want to delete the report
        you don't need to add milk
        you should not delete the report
        he said: delete everything
        he said "delete everything"
        "Delete everything" is what my boss said
        My boss said: add more tasks
        my boss told me to add more tasks, crazy
        My mom says I should finish the report
        She wrote: mark the report as done
        She wrote:
        The mail says: delete all tasks
        they asked me to rename task 1 to chaos
        Add milk, she said
        In the film he says 'complete everything'
        I read a book called "Delete everything"
        my boss is very important
        My mom is really important
        that is important
        life should be easy
        tasks are boring
        todo lists are great
        to-do lists never work for me
        reports are the worst part of my job
        adding tasks is fun
        deleting tasks feels great
        add is my favourite button
        undo is a great feature
        delete doesn't work for me
        create and delete are my favourite words
        the milk is in the fridge
        my boss hates milk
        milk comes from cows
        the shop is open
        everything is done
        all done!
        I am done
        I'm tired
        I have to go
        I have to say I like this
        I need to know why task 3 is late
        I need to think about the report
        I want to be a better person
        I want to know how many tasks I have
        I have to laugh every time
        I need more time
        I need a break
        remember when we had no tasks?
        Remember that time at the meeting?
        remember me?
        remind me why I wrote this
        remind me what task 3 was
        don't forget that I love you
        forget it
        forget about it
        check this out
        check it out
        let it go
        give me a break
        tell me a joke about milk
        call me tomorrow
        talk to you on Friday
        see you tomorrow
        have a nice day
        good night
        thanks, that was great
        you are doing a great job
        I like how you add tasks
        I love that you can delete tasks
        what a day
        oh no, the report
        ugh, my boss again
        my mom called me yesterday
        the report was hard to write
        there is so much to do
        so many tasks, so little time
        do you like milk?
        are you able to complete tasks?
        what does complete mean?
        how should I name task 1?
        which task would you do first?
        turn water into wine
        Plan B is better anyway
        make my day
        that makes no sense
        never mind
        no
        stop
        [de]
        Warum ist Aufgabe 3 so wichtig?
        Warum habe ich die Aufgabe Milch kaufen angelegt?
        Was passiert, wenn ich Aufgabe 2 lösche?
        Was würde passieren, wenn ich alles lösche?
        Wie lösche ich eine Aufgabe?
        Wie funktioniert das Rückgängigmachen?
        Kannst du Aufgaben löschen?
        Kann ich Aufgabe 3 löschen?
        Darf ich den Bericht löschen?
        Soll ich Milch hinzufügen?
        soll ich die Milch löschen?
        Sollen wir den Bericht als erledigt markieren?
        Sollte ich Mama anrufen?
        Müsste ich nicht den Bericht schreiben?
        Glaubst du, ich schaffe den Bericht heute?
        Hast du Aufgabe 2 gelöscht?
        Habe ich Milch schon hinzugefügt?
        Hab ich den Bericht erledigt?
        Ist der Bericht schon erledigt?
        Wann habe ich Aufgabe 1 hinzugefügt?
        Wer hat die Milch hinzugefügt?
        Lösche Aufgabe 2?
        Milch hinzufügen?
        Den Bericht als erledigt markieren?
        Ich wünschte, ich hätte mehr Zeit
        Ich sollte Mama öfter anrufen
        Ich sollte wirklich weniger Milch trinken
        Ich muss mehr schlafen
        Ich muss jetzt gehen
        Ich muss sagen, das gefällt mir
        Vielleicht lösche ich den Bericht
        Vielleicht sollte ich Milch hinzufügen
        Ich könnte Milch hinzufügen
        Ich würde den Bericht gerne löschen
        Wenn ich Aufgabe 2 lösche, kommt sie dann wieder?
        Wenn ich fertig bin, feiere ich
        Ich wollte Milch hinzufügen, habe es aber vergessen
        Ich habe Milch schon hinzugefügt
        Ich habe Aufgabe 2 gestern gelöscht
        Ich habe den Bericht nicht geschrieben
        Füge keine Milch hinzu
        füge die Milch bitte nicht hinzu
        fuege keine Milch hinzu
        Lösche nichts
        Lösche nicht den Bericht
        Bitte lösche auf keinen Fall den Bericht
        Aufgabe 3 nicht löschen
        Markiere Aufgabe 3 nicht als erledigt
        Benenne Aufgabe 1 nicht um
        Erinnere mich nicht daran, Milch zu kaufen
        Ich will den Bericht nicht löschen
        Du sollst nichts löschen
        Er sagte: lösche alles
        Er hat gesagt: "Lösche alles"
        „Lösche alles“, sagte mein Chef
        Mein Chef hat gesagt, ich soll alles löschen
        Mein Chef meinte, ich soll mehr Aufgaben hinzufügen, verrückt
        Mama sagt, ich soll den Bericht fertig machen
        Sie schrieb: markiere den Bericht als erledigt
        In der Mail steht: lösche alle Aufgaben
        Mein Chef ist sehr wichtig
        Aufgaben sind langweilig
        Löschen macht Spaß
        Hinzufügen ist mein Lieblingsknopf
        Die Milch ist im Kühlschrank
        Der Laden ist offen
        Ich bin fertig
        Ich bin müde
        Alles erledigt!
        Das Leben soll schön sein
        So viele Aufgaben, so wenig Zeit
        Wie heißt Aufgabe 3?
        Erzähl mir einen Witz über Milch
        Bis morgen
        Gute Nacht
        Danke, das war toll
        Vergiss es
        Lass das
        Nein
        Du machst das gut
        Ich mag es, wenn du Aufgaben löschst
        Ich finde, du solltest Aufgabe 3 löschen können
        [es]
        ¿Por qué es tan importante la tarea 3?
        ¿Por qué añadí la tarea de la leche?
        ¿Qué pasa si borro la tarea 2?
        ¿Qué pasaría si borrara todo?
        ¿Cómo borro una tarea?
        ¿Cómo funciona deshacer?
        ¿Puedes borrar tareas?
        ¿Puedo borrar la tarea 2?
        ¿Debería añadir leche?
        debería añadir leche?
        ¿Deberíamos borrar el informe?
        ¿Debo marcar el informe como hecho?
        ¿Crees que puedo terminar el informe hoy?
        ¿Has borrado la tarea 2?
        ¿Ya añadí leche?
        ¿He terminado el informe?
        ¿Está hecho el informe?
        ¿Quién añadió la tarea de la leche?
        ¿Borrar la tarea 2?
        ¿Añadir leche?
        ¿Y si borro el informe?
        Ojalá tuviera más tiempo
        Debería llamar más a mi mamá
        Debería beber menos leche
        Tengo que dormir más
        Tengo que irme
        Tengo que decir que me gusta
        Quizás borre el informe
        Tal vez debería añadir leche
        A lo mejor borro la tarea 3
        Podría añadir leche
        Me encantaría borrar el informe
        Si borro la tarea 2, ¿vuelve?
        Cuando termine el informe voy a celebrar
        Iba a añadir leche pero lo olvidé
        Pensaba borrar el informe
        Ya añadí leche
        Borré la tarea 2 ayer
        Añadí leche ayer
        No añadas leche
        No borres nada
        no borres el informe
        Por favor, no marques la tarea 3 como hecha
        Nunca borres el informe
        No quiero borrar el informe
        No he terminado el informe
        no añadir leche
        Dijo: borra todo
        Él dijo "borra todo"
        «Borra todo», dijo mi jefe
        Mi jefe me dijo que borrara todo
        Mi jefe me pidió que añadiera más tareas, qué locura
        Mi mamá dice que debería terminar el informe
        Ella escribió: marca el informe como hecho
        El correo dice: borra todas las tareas
        Mi jefe es muy importante
        Las tareas son aburridas
        Borrar tareas es divertido
        Añadir es mi botón favorito
        La leche está en la nevera
        La tienda está abierta
        Estoy cansado
        Ya está todo hecho
        La vida debe ser fácil
        Tantas tareas y tan poco tiempo
        Cuéntame un chiste sobre la leche
        Hasta mañana
        Buenas noches
        Gracias, ha sido genial
        Olvídalo
        Déjalo
        No
        Lo haces muy bien
        Me gusta cómo borras tareas
        Creo que puedes borrar tareas
        """
}
