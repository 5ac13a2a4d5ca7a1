extension Language {
    static let german = Language(
        // Umlauts count as their vowels, however they are written.
        digraphs: ["ae": "a", "oe": "o", "ue": "u"],
        classes: [
            "@f": "bitte|mal|doch|einfach|jetzt|eben|gleich|noch|schnell|mir|uns|auch|sie|nun",
            "@ein": "ein|eine|einen|einem|einer|die|der|das|den|meine|meinen|noch|folgende|folgenden",
            "@neu": "neu|neue|neuen|neues|neuer|weitere|weiteren|weiterer",
            "@aufgabe": "aufgabe|task|todo|to-do|eintrag|erinnerung|termin",
            "@aufgaben": "aufgaben|tasks|todos|to-dos|einträge|erinnerungen|termine|punkte",
            "@liste": "liste|aufgabenliste|todoliste|todo-liste|to-do-liste|einkaufsliste|aufgaben|tasks|todos",
            "@meine": "meine|meiner|meinen|die|der|den|deine|deiner|unsere|unserer", "@zu": "zu|zur|auf|in|an|zum",
            "@als": "namens|um|mit|dass|zum|für|titel|dem|den",
            "@anzahl": "zwei|drei|vier|fünf|sechs|sieben|acht|neun|zehn|2|3|4|5|6|7|8|9|10|mehrere",
            "@einzeln": "separate|einzelne|getrennte|eigene|verschiedene|separaten|einzelnen|getrennten|eigenen",
            "@füge": "füg|füge|fügen|fügt", "@erstelle": "erstell|erstelle|erstellen|kreiere|kreier",
            "@lege": "leg|lege|legen",
            "@schreibe": "schreib|schreibe|schreiben|setz|setze|setzen|pack|packe|packen|nimm|nehmen|tu",
            "@notiere": "notier|notiere|notieren",
            "@markiere": "markier|markiere|markieren|setz|setze|setzen|mach|mache|machen|kennzeichne|stell|stelle",
            "@lösche": "lösch|lösche|löschen|entfern|entferne|entfernen|streich|streiche|streichen|eliminiere",
            "@benenne": "benenn|benenne|benennen", "@ändere": "änder|ändere|ändern|ändre",
            "@verschiebe": "verschieb|verschiebe|verschieben|verleg|verlege|verlegen",
            "@fertig": "erledigt|fertig|abgeschlossen|gemacht|abgehakt|done|beendet|geschafft|vollständig",
            "@offen": "offen|unerledigt|ausstehend|unfertig|pending|offene",
        ],
        rules: """
            [addNothing]
            @füge (@f) (@f) @ein (@neu) @aufgabe hinzu
            (@ein) (@neu) @aufgabe hinzufügen|erstellen|anlegen
            @erstelle (@f) (@f) @ein (@neu) @aufgabe
            @lege (@f) (@f) @ein (@neu) @aufgabe an
            neue @aufgabe
            erinner|erinnere mich
            [addSeveral]
            @füge (@f) (@f) (@ein) (@anzahl) (@neu) (@einzeln) @aufgaben hinzu (:|,) <title>
            @füge (@f) (@f) <title> als (@anzahl) (@einzeln) @aufgaben hinzu
            @erstelle (@f) (@f) (@ein) (@anzahl) (@neu) (@einzeln) @aufgaben (:|,) (für) <title>
            @lege (@f) (@f) (@ein) (@anzahl) (@neu) (@einzeln) @aufgaben an (:|,) (für) <title>
            (@anzahl) (@neu) @aufgaben : <title>
            <title> als (@anzahl) (@einzeln) @aufgaben hinzufügen|anlegen|eintragen
            [addOne]
            @füge (@f) (@f) @ein (@neu) @aufgabe (@zu) (@meine) (@liste) hinzu (:|,|-) (@als) (@als) (:) (ich) <title>
            @füge (@f) (@f) <title> als (@ein) (@neu) @aufgabe hinzu
            @füge (@f) (@f) (@ein) (@neu) @aufgabe (:|,) (@als) (@als) (:) <title> hinzu
            @füge (@f) (@f) hinzu (:|,) (@ein) (@neu) @aufgabe (:|,) (@als) <title>
            @erstelle (@f) (@f) (@ein) (@neu) @aufgabe (:|,|-) (@als) (@als) (:) (ich) <title>
            @lege (@f) (@f) (@ein) (@neu) @aufgabe an (:|,|-) (@als) (@als) (:) <title>
            @lege (@f) (@f) (@ein) (@neu) @aufgabe (:|,) (@als) <title> an
            (@ein) (@neu) @aufgabe hinzufügen|erstellen|anlegen|eintragen :|, (@als) (@als) <title>
            (@ein) (@neu) @aufgabe (@als) (:|,) <title> hinzufügen|erstellen|anlegen|eintragen
            (@ein) neue @aufgabe (:|,|-) (@als) <title>
            @aufgabe|merke :|- <title>
            [add]
            @füge (@f) (@f) <title> zu|zur|auf|in|an (@meine) @liste hinzu
            @füge (@f) (@f) hinzu (:|,) <title>
            @füge (@f) (@f) (:) <title> hinzu
            @schreibe (@f) (@f) <title> auf|in (@meine) @liste
            schreib|schreibe (@f) (@f) auf (:|,) <title>
            @notiere (@f) (@f) (:) <title>
            trag|trage|tragen (@f) (@f) <title> ein
            <title> auf|in (@meine) @liste setzen|schreiben|packen
            <title> (zu|zur|auf|in) (@meine) @liste hinzufügen|eintragen
            <title> (@f) hinzufügen|eintragen|notieren|aufschreiben
            [remember]
            erinner|erinnere|erinnern (@f) mich (@f) (@f) daran|dran (,) (dass|zu) (ich|wir) <title>
            erinner|erinnere|erinnern (@f) mich (@f) <when> daran|dran|an (,) (dass|zu) (ich|wir) <title>
            erinner|erinnere|erinnern (@f) mich (@f) (an|bitte) (,) (dass) (ich) <title>
            ich muss|müssen (@f) (@f) (mich) (@f) daran|dran (@f) denken|erinnern (,) (dass) (ich) <title>
            ich darf (@f) nicht|keinesfalls vergessen (,) (dass) (ich) <title>
            (ich) (darf) nicht vergessen (:|,) (dass) (ich) <title>
            vergiss (@f) nicht (,) (dass) (ich) <title>
            lass mich (@f) nicht vergessen (,) <title>
            denk|denke|denken (@f) (@f) daran|dran (,) (dass) (ich|wir) <title>
            merk|merke (@f) dir (@f) (:|,) (dass) (ich|wir) <title>
            [need]
            ich|wir muss|müssen (auch|noch|unbedingt|dringend|wirklich) (noch|unbedingt) <title>
            [reopen]
            @markiere (@f) (@f) <ref> (wieder) als|auf (noch|wieder) nicht (mehr) @fertig
            @markiere (@f) (@f) <ref> (zurück|wieder) als|auf (zurück|wieder) @offen
            öffne|öffnen (@f) (@f) <ref> wieder|erneut|nochmal
            <ref> (@f) wieder|erneut öffnen|aufmachen
            [complete]
            @markiere (@f) (@f) <ref> (@f) als|auf (@f) @fertig
            hak|hake|haken (@f) (@f) <ref> (@f) ab
            schließ|schließe|schließen (@f) (@f) <ref> (@f) ab
            <ref> (@f) als @fertig markieren|kennzeichnen
            erledige|erledig|beende|beenden|vollende (@f) (@f) <ref>
            <ref> (@f) abhaken|abschließen|erledigen
            fertig mit <ref>
            [completed]
            ich habe|hab (@f) (@f) <ref> (@f) (schon|bereits) @fertig|fertiggestellt|fertiggemacht|erledigen
            ich bin (@f) (schon) mit <ref> (@f) fertig|durch
            <ref> ist|sind|wurde|wurden (jetzt|nun|schon) @fertig
            <ref> @fertig
            [notCompleted]
            <ref> ist|sind (@f) (doch) nicht @fertig
            <ref> ist|sind (noch|wieder) @offen
            [delete]
            @lösche (@f) (@f) <ref> von|aus|auf @meine @liste
            @lösche (@f) (@f) <ref>
            nimm|nehmen (@f) (@f) <ref> von|aus @meine @liste
            wirf|schmeiß (@f) (@f) <ref> weg|raus
            <ref> (@f) (von|aus) (@meine) (@liste) (@f) löschen|entfernen|streichen
            [rename]
            @benenne (@f) (@f) <ref> (@f) um in|zu|nach|: (:) <title>
            @benenne (@f) (@f) <ref> (@f) in|zu|nach <title> um
            @ändere (@f) (@f) (den) (titel|namen|text) (von|der|für) <ref> (um|ab) in|zu|auf|nach|: (:) <title> um|ab
            @ändere (@f) (@f) (den) (titel|namen|text) (von|der|für) <ref> (um|ab) in|zu|auf|nach|: (:) <title>
            nenn|nenne|nennen (@f) (@f) <ref> um in|zu <title>
            <ref> (@f) umbenennen in|zu|nach|: (:) <title>
            <ref> (@f) in|zu|auf <title> umbenennen|ändern
            ersetz|ersetze|ersetzen (@f) <ref> durch <title>
            <ref> soll (jetzt|nun|künftig) <title> heißen|lauten
            [move]
            @verschiebe (@f) (@f) <ref> (@f) auf|nach|bis|um|zu <when>
            <ref> (@f) auf|um|bis <when> verschieben|verlegen
            [undo]
            mach|mache|machen (@f) (@f) (das|es|dies) (die) (letzte) (änderung|aktion) (@f) (wieder) rückgängig
            (das) (die) (letzte) (änderung) rückgängig (machen)
            [yes]
            ja|jawohl|jap|jo|klar|gerne|gern|sicher|okay|ok (bitte|gerne|klar|sicher)
            (ja) mach das|es
            [no]
            nein|nee|nö|stopp|halt|abbrechen (danke|lieber|doch) (nicht)
            lieber|bitte|doch nicht
            lass es|das (sein)
            [hello]
            hallo|hi|hey|servus|moin|grüezi (du|steward|zusammen)
            guten morgen|tag|abend
            [thanks]
            danke|dankeschön (schön|sehr|dir|vielmals)
            vielen|herzlichen|besten dank
            [goodbye]
            tschüss|tschau|ciao|servus
            auf wiedersehen
            bis bald|später|morgen|dann
            gute nacht
            [help]
            hilfe|befehle
            was kannst du (alles|so|denn) (machen|tun)
            wie funktioniert das|dies|es|steward
            was kann ich (hier) (alles) sagen|machen|tun|fragen
            wie lösche|erstelle|füge ich (eine) (aufgabe) (hinzu)
            [whoAreYou]
            wer|was bist du
            bist du (eine|ein|echt) ki|bot|mensch|roboter|maschine|echt
            wie heißt du
            """,
        openings: """
            bitte|hallo|hey|hi|ok|okay|also|so|und|dann|jetzt|nun|danke|super|gut|sorry|steward|guten morgen
            |ich möchte|ich will|ich würde gerne|ich würde gern|ich möchte gerne|ich hätte gern|du sollst
            |als nächstes|danach|erst|zuerst|lass uns|ach
            """,
        requests: """
            kannst du|könntest du|würdest du|können sie|könnten sie|würden sie|magst du|kannst du mir
            |könntest du mir|willst du
            """,
        endings: "bitte|danke|danke schön|für mich|jetzt|sofort|mal|ok|okay|vielen dank|danke dir|gleich",
        hedges: """
            soll ich|sollte|sollten|sollen|kann ich|könnte ich|darf ich|dürfte|muss ich|müsste|vielleicht|eventuell
            |warum|wieso|weshalb|wenn|falls|ob|was wäre|was passiert|wie wäre|hätte|habe ich|ich sollte|ich könnte
            |ich wünschte|man sollte|du solltest|du könntest|wir sollten
            """,
        asides: """
            ich|du|er|wir|ihr|soll|sollte|sollen|sollst|kann|kannst|könnte|könntest|darf|dürfte|muss|müsste|würde
            |würdest|warum|wieso|weshalb|welche|welcher|welches|wie|wann|wer|was|wo|wenn|falls|ob|hat|hatte|habe
            |hast|hätte|habt|wurde|gesagt|sagt|sagte|meinte|meint|weil|damit|dass|ist|sind|war|waren|wird|werden
            |vielleicht|eventuell|wollte|will|möchte|gerade|immer|lieber|man|mich|dich|ihm|ihn|finde|glaube|denke
            |weiß
            """,
        please: "bitte", negations: "nicht|kein|keine|keinen|keiner|keines|keinem|nichts|nie|niemals|keinesfalls",
        telling:
            "sagte|sagt|gesagt|schrieb|schreibt|geschrieben|meinte|meint|fragte|rief|steht|lautet|stand|hieß|heißt|zitat",
        separators: "und|dann|danach|sowie|plus|außerdem|aber|anschließend",
        wishes: """
            mehr|öfter|öfters|weniger|früher|besser|häufiger|gehen|los|weg|heim|schlafen|sagen|zugeben|lachen
            |nachdenken|wissen|sein|haben|aufhören|denken|weinen|gestehen|arbeiten|überlegen|warten|dich|dir|euch
            |reden|ausruhen|leben|aufs
            """,
        modals: "muss|soll|will|müssen|sollte|möchte|werde|kann", pasts: "",
        infinitives: Infinitives(
            endings: "en|ern|eln", isLast: true, particle: "zu",
            prefixes: """
                an|auf|aus|ab|ein|vor|mit|zurück|weg|her|hin|um|nach|bei|los|fest|vorbei|weiter|frei|raus|rein
                |zusammen|durch|fertig|teil|heraus|zu|statt
                """),
        kinds: "termin|treffen|besprechung|aufgabe|erinnerung|meeting|anruf",
        joints: "mit|bei|beim|für|zu|zum|zur|von|wegen",
        phrases: """
            zeige|zeig|zeigen|anzeigen|zeigst = show
            liste|auflisten|aufgabenliste|todoliste|todo-liste|to-do-liste = list; was = what
            welche|welcher|welches|welchen = which; wie viele|wieviele = how many; wann = when; wer = who; wo = where
            ich = i; mir|mich = me; wir = we; habe|hab|hast|haben|gibt = have; gibt es = are there; es = it; sie = it
            meine|meinen|meiner|mein|meinem|deine = my; der|die|den|dem|des = the; das = that
            diese|dieser|diesen|dieses = this; ein|eine|einen|einer|einem = a; alle|aller|allen|sämtliche = all
            alles = everything; beide|beiden = both; und = and; aufgabe|eintrag = task
            aufgaben|einträge|sachen|dinge = tasks; erinnerung = reminder; termine = tasks; nummer|nr = number
            offen|offene|offenen|offener|unerledigt|unerledigte|unerledigten|ausstehend|ausstehende|ausstehenden = pending
            erledigt|erledigte|erledigten|fertig|fertige|fertigen|abgeschlossen|abgeschlossene|abgeschlossenen|geschafft = completed
            gemacht|getan|abgehakt|abgehakte|abgehakten = completed; ist = is; sind = are; noch = still; schon = already
            steht an|steht noch an|stehen an|stehen noch an|liegt an|liegt noch an|übrig|fehlt|fehlen = pending
            steht heute an = is due today; steht morgen an = is due tomorrow; steht diese woche an = is due this week
            auf meiner liste|auf der liste|auf meiner aufgabenliste = on my list; muss|müssen|soll|sollte = must
            zu tun = to do; tun|machen|erledigen = do; fällig|fällige|fälligen = due
            überfällig|überfällige|überfälligen|verspätet = overdue; suche|such|finde|suchen|finden = find
            nach = about; ohne = without; fälligkeitsdatum|fälligkeit|frist = deadline; datum|termin = date
            außer|ausgenommen|bis auf = except; mit = with; nur = only; ja = yes; nein = no; nicht = not
            füge|füg|erstelle|erstell|lege|leg|schreibe|schreib = add
            lösche|lösch|entferne|entfern|streiche|streich = delete; markiere|markier = mark; hake|hak = tick
            ändere|änder|benenne|benenn = rename; erinnere|erinner = remind; priorität = priority
            hohe|hoher|hoch|höchste = high; niedrige|niedriger|niedrig = low; mittlere|mittel = medium
            wichtig|wichtige|wichtigen|dringend|dringende|dringenden = urgent; erste|ersten|erster|erstes = first
            zweite|zweiten|zweiter = second; dritte|dritten|dritter = third; vierte|vierten = fourth
            fünfte|fünften = fifth; letzte|letzten|letzter|letztes = last; nächste|nächsten|nächster = next
            als nächstes = next; nenne mir|nenn mir|gib mir|sag mir|nennen sie mir = tell me; kein|keine|keinen = no
            nächstes|kommende|kommenden|kommendes = next; dieses wochenende|am wochenende = this weekend
            am nächsten wochenende = next weekend; eins = one; zwei = two; drei = three; vier = four; fünf = five
            sechs = six; sieben = seven; acht = eight; neun = nine; zehn = ten; elf = eleven; zwölf = twelve
            alle zwei = every two; alle drei = every three; alle vier = every four; alle 2 = every 2; alle 3 = every 3
            alle 4 = every 4; alle 6 = every 6; heute = today; morgen = tomorrow; übermorgen = day after tomorrow
            gestern = yesterday; heute abend = this evening; heute morgen|heute früh|heute vormittag = this morning
            heute nachmittag = this afternoon; heute nacht = tonight; morgen früh|morgen vormittag = tomorrow morning
            morgen abend = tomorrow evening; morgen nachmittag = tomorrow afternoon; morgen mittag = tomorrow noon
            mittag|mittags|heute mittag = noon; mitternacht = midnight; abends|am abend = in the evening
            morgens|am morgen|am vormittag = in the morning; nachmittags|am nachmittag = in the afternoon
            jeden morgen = every morning; jeden abend = every evening; jeden nachmittag = every afternoon
            abend = evening; vormittag = morning; nachmittag = afternoon; montag|montags = monday
            dienstag|dienstags = tuesday; mittwoch|mittwochs = wednesday; donnerstag|donnerstags = thursday
            freitag|freitags = friday; samstag|samstags|sonnabend = saturday; sonntag|sonntags = sunday
            jeden|jede|jedes|jeder = every; täglich = daily; wöchentlich = weekly; monatlich = monthly
            jährlich = yearly; werktag = weekday; tag|tage|tagen = days; jeden tag = every day; woche = week
            wochen = weeks; monat = month; diesen monat = this month; monate|monaten = months; jahr = year
            jahre|jahren = years; stunde|stunden = hours; minute|minuten = minutes; jeden monat = every month
            letzte woche = last week; letzten monat = last month; am|an dem|ab = on; um|gegen = at
            bis|bis zum|bis zur|bis spätestens = by; vor|vor dem = before; seit = since; uhr = o'clock; im = in
            in einer = in a; in einem = in a; für = for; von = of; halbe = half; januar = january; februar = february
            märz = march; april = april; mai = may; juni = june; juli = july; august = august; september = september
            oktober = october; november = november; dezember = december
            """,
        answers: """
            task = Aufgabe
            none = Du hast keine {}.
            some = Du hast {} {}
            atLeast = mindestens {}
            share = , davon {} offen
            cut = Es kann mehr geben: Das sind so viele, wie ich auf einmal sehe.
            all = Aufgaben|Aufgabe|Aufgaben
            pending = offenen Aufgaben|offene Aufgabe|offene Aufgaben
            completed = erledigten Aufgaben|erledigte Aufgabe|erledigte Aufgaben
            overdue = überfälligen Aufgaben|überfällige Aufgabe|überfällige Aufgaben
            isDone = erledigt
            due = fällig {}
            overdueSince = überfällig seit {}
            withoutDate = ohne Fälligkeit
            withDate = mit Fälligkeit
            repeated = täglich|wöchentlich|monatlich|jährlich
            notRepeated = nicht mehr wiederholt
            priorities = hohe Priorität|mittlere Priorität|niedrige Priorität
            days = heute|morgen
            weekdays = Mo|Di|Mi|Do|Fr|Sa|So
            months = Jan|Feb|Mär|Apr|Mai|Jun|Jul|Aug|Sep|Okt|Nov|Dez
            date = {} {}. {}
            time = um {}
            added = Hinzugefügt: {}.
            isCompleted = Erledigt: {}.
            reopened = Wieder geöffnet: {}.
            deleted = Gelöscht: {}.
            changed = Geändert: {}.
            undone = Rückgängig gemacht: {}.
            nothingUndone = Es gab nichts rückgängig zu machen.
            failed = Das ging nicht: {}
            confirm = Dafür brauche ich deine Bestätigung.
            noTask = Ich habe keine Aufgabe {} gefunden.
            found = Zu „{}“ habe ich gefunden:
            foundNothing = Zu „{}“ habe ich nichts gefunden.
            ambiguous = Auf „{}“ passen {} Aufgaben:
            which = Welche meinst du?
            notFound = Ich habe keine Aufgabe wie „{}“ gefunden und nichts geändert.
            didYouMean = Meintest du
            noneSuch = Solche Aufgaben gibt es nicht; ich habe nichts geändert.
            already = {} ist schon erledigt.|{} ist schon offen.
            askTitle = Wie soll die Aufgabe heißen?
            offer = Ich bin nicht sicher, was ich mit „{}“ tun soll. {}
            offerTask = Soll ich es als Aufgabe hinzufügen?
            unclear = Das verstehe ich nicht: „{}“. Ich bin der einfache Modus. Du kannst zum Beispiel sagen:
            help = Ich bin der einfache Modus: Regeln und keine KI. Du kannst zum Beispiel sagen:
            examples = Füge eine Aufgabe hinzu: Milch kaufen|Was ist offen?|Markiere Aufgabe 3 als erledigt|\
            Ändere Aufgabe 1 in "Mama anrufen"|Lösche die Aufgabe Besprechung|Erinnere mich morgen an die Miete
            hello = Hallo! Ich kann Aufgaben hinzufügen, zeigen, ändern, erledigen und löschen.
            thanks = Gern geschehen!
            goodbye = Bis bald!
            whoAreYou = Ich bin der einfache Modus dieser Aufgabenliste: Regeln und keine KI.
            fine = In Ordnung.
            leftAlone = In Ordnung, ich lasse alles, wie es ist.
            nothingToConfirm = Es gibt nichts, was auf deine Bestätigung wartet.
            """)
}
