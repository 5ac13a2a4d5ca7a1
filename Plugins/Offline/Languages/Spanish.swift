extension Language {
    static let spanish = Language(
        digraphs: [:],
        classes: [
            "@f": "por|favor|ya|ahora|me|también|por favor", "@una": "una|un|la|el|mi|otra|otro|esta|este",
            "@nueva": "nueva|nuevo|nuevas|nuevos", "@tarea": "tarea|task|recordatorio|pendiente|elemento",
            "@tareas": "tareas|tasks|recordatorios|pendientes|elementos|cosas", "@mi": "mi|la|tu|nuestra|mis|las|de",
            "@lista": "lista|tareas|pendientes|compra|compras|todo",
            "@para": "para|de|que|llamada|llamado|titulada|titulado|con|título|diga|el|sobre",
            "@número": "dos|tres|cuatro|cinco|seis|siete|ocho|nueve|diez|2|3|4|5|6|7|8|9|10|varias|varios",
            "@separadas": "separadas|distintas|diferentes|independientes|individuales|aparte|separados|distintos",
            "@añade": """
            añade|añadir|añada|añádeme|añadirme|agrega|agregar|agregue|agregá|agrégame|agregarme|crea|crear|cree
            |créame|crearme|apunta|apuntar|apunte|apúntame|apuntarme|anota|anotar|anote|anótame|anotarme|pon|poner
            |ponga|ponme|mete|meter|incluye|incluir|incluya|inserta|registra
            """,
            "@agrega": """
            añade|añadir|añada|añádeme|agrega|agregar|agregue|agregá|agrégame|crea|crear|apunta|apuntar|apunte
            |apúntame|anota|anotar|anote|anótame
            """,
            "@recuerda": """
            recuérdame|recuérdeme|recuérdanos|recordame|recordarme|recordarnos|acuérdame|avísame|avíseme|avisame
            """,
            "@marca": "marca|marcar|marque|marcá|pon|poner|ponga|señala|deja|dejar|cambia|da",
            "@hecha": """
            hecha|hecho|hechas|hechos|completada|completado|completadas|completados|completa|completo|terminada
            |terminado|terminadas|terminados|lista|listo|listas|listos|finalizada|finalizado|acabada|acabado
            |realizada|realizado|cumplida|cumplido
            """,
            "@abierta": "pendiente|pendientes|abierta|abierto|incompleta|incompleto",
            "@borra": """
            borra|borrar|borre|borrá|elimina|eliminar|elimine|eliminá|quita|quitar|quite|quitá|suprime|suprimir
            |cancela|cancelar|cancele|saca|sacar|saque
            """,
            "@cambia": """
            cambia|cambiar|cambie|cambiá|modifica|modificar|modifique|edita|editar|edite|actualiza|actualizar
            |renombra|renombrar|renombre|corrige
            """,
            "@mueve": """
            mueve|mover|mueva|aplaza|aplazar|aplace|pospón|posponer|posponga|reprograma|reprogramar|pasa|pasar|pase
            |cambia|cambiar|retrasa|retrasar|adelanta
            """,
        ],
        rules: """
            [addNothing]
            @añade (@f) @una (@nueva) @tarea (@nueva)
            @nueva @tarea
            @una @nueva @tarea
            @recuerda (@f) algo
            [addSeveral]
            @añade (@f) (estas|las|los|estos) (@número) (siguientes) (@nueva) @tareas (@separadas) (:|,) (para) <title>
            @añade (@f) (:) <title> como (@número) @tareas (@separadas)
            @añade (@f) (:) <title> por separado
            (@nueva) @tareas : <title>
            [addOne]
            @añade (@f) (@f) @una (@nueva) @tarea (@nueva) (a|en) (@mi) (@lista) (de) (tareas) (:|,|-) (@para) \
            (@para) (@para) (:) <title>
            @añade (@f) (:) <title> como (@una) (@nueva) @tarea (@nueva)
            (@una) @nueva @tarea (:|,|-) (@para) (@para) <title>
            @tarea @nueva (:|-) <title>
            @tarea|nota :|- <title>
            necesito|quiero @una (@nueva) @tarea (:|,) (@para) (@para) <title>
            [add]
            @añade (@f) (@f) (:) <title> a|en (@mi) lista (de) (@mi) (@lista)
            @añade (@f) (@f) (:) <title> a|en mis @tareas
            @agrega (@f) (@f) (:) <title>
            [remember]
            @recuerda (@f) <when> que|de (tengo|debo|hay) (que) <title>
            @recuerda (@f) (@f) (de|que) (tengo|debo|hay|necesito) (que) (de) <title>
            (yo) tengo|necesito|debo|quiero (que) recordar|acordarme (de) (que) (tengo|debo) (que) <title>
            tengo que acordarme de <title>
            hazme|haz recordar|acordar|acordarme (de) (que) <title>
            no (me|te) olvides|olvide (de) (que) (tengo) (que) <title>
            (que) no se me olvide|olvides (de) (que) <title>
            no (me) dejes (que) (me) olvidar|olvide (de) <title>
            no debo|puedo|quiero olvidar (que) (tengo) (que) <title>
            no olvidar (:) <title>
            recordar : <title>
            [need]
            (yo) tengo|tenemos que <title>
            (yo) debo|necesito|necesitamos|debemos (también) <title>
            hay que <title>
            [reopen]
            @marca (@f) <ref> (otra) (vez) (de) (nuevo) como (aún|todavía) no @hecha
            @marca (@f) <ref> como @abierta
            reabre|reabrir|reabra|desmarca|desmarcar|desmarque <ref>
            vuelve|volver a abrir|marcar <ref> (como) (@abierta)
            [complete]
            @marca (@f) (@f) <ref> (@f) como|por (ya) @hecha
            @marca por @hecha <ref>
            marca como @hecha <ref>
            \
            completa|completar|complete|completá|termina|terminar|finaliza|finalizar|finalice|tacha|tachar|tache|cierra|cerrar <ref>
            márcala|márcalo|márquela|márquelo como @hecha
            complétala|complétalo|termínala|termínalo|táchala|táchalo
            [completed]
            (ya) he|hemos (ya) hecho|terminado|completado|acabado|finalizado (ya) (con) <ref>
            (ya) terminé|completé|acabé|hice|finalicé (ya) (con) <ref>
            <ref> (ya) está|están|queda|esta|estan (ya) @hecha
            <ref> @hecha|completada
            [notCompleted]
            <ref> (aún|todavía) no está|están|esta (aún|todavía) @hecha
            <ref> sigue|está @abierta
            [deleteThem]
            bórralas|bórralos|elimínalas|elimínalos|quítalas|quítalos (todas|todos)
            [delete]
            bórrala|bórralo|elimínala|elimínalo|quítala|quítalo|bórrela|elimínela (de) (@mi) (@lista)
            @borra (@f) (@f) <ref> de (@mi) lista (de) (tareas|compras|la) (compra)
            @borra (@f) (@f) <ref>
            [rename]
            @cambia (@f) (@f) (el) nombre|título|texto de|a <ref> a|por|como|: (:) <title>
            @cambia (@f) (@f) <ref> a|por|como|: (:) <title>
            cámbiala|cámbialo|renómbrala a|por|como (:) <title>
            <ref> debe|tiene (que) llamarse|decir <title>
            sustituye|reemplaza <ref> por <title>
            [move]
            @mueve (@f) (@f) <ref> a|al|para|hasta <when>
            pospón|aplaza|retrasa <ref> <when>
            [undo]
            deshaz|deshacer|deshaga|revierte|revertir (eso|lo|esto|el|la) (último|última|anterior) (cambio|acción)
            deshazlo|revierte
            [yes]
            sí|si|claro|vale|dale|ok|okay|correcto|seguro|adelante (por) (favor)
            por supuesto
            de acuerdo
            (sí) hazlo
            [no]
            no|nada|cancela|cancelar|déjalo|para (gracias)
            mejor no
            [hello]
            hola|buenas|saludos (steward|qué) (tal)
            buenos|buenas días|tardes|noches
            [thanks]
            gracias (muchas|mil) (por) (todo|ayudarme)
            muchas|mil gracias
            [goodbye]
            adiós|chao|chau|bye
            hasta luego|mañana|pronto|la (vista)
            nos vemos
            [help]
            ayuda|ayúdame|comandos
            qué puedes|puede|sabes hacer
            cómo funciona|funcionas (esto)
            qué puedo decir|hacer|pedir (aquí)
            cómo borro|añado|completo|creo (una) tarea
            [whoAreYou]
            quién|qué eres
            eres (un|una) robot|bot|ia|persona|humano|humana|máquina|real
            cómo te llamas
            """,
        openings: """
            por favor|hola|oye|ok|vale|bueno|pues|ahora|luego|después|y|gracias|steward|buenos días|quiero|quisiera
            |me gustaría|quiero que|necesito que|primero|entonces|bien|perfecto|disculpa|perdona|a ver|ah
            """,
        requests: """
            puedes|podrías|puede|podría usted|me puedes|me podrías|podés|puedes por favor|podrías por favor|quieres
            |te importaría|serías tan amable de
            """,
        endings: "por favor|gracias|ahora|porfa|porfavor|ok|vale|muchas gracias|ya|ahora mismo|si puedes",
        hedges: """
            debería|deberías|deberíamos|debo|puedo|podría yo|podemos|tal vez|quizás|quizá|a lo mejor|acaso|por qué
            |porque|si|cuando|ojalá|qué pasa|qué pasaría|qué tal si|y si|creo que|yo debería|supongo|me pregunto
            |dudo|habría que|igual
            """,
        asides: """
            yo|ella|usted|nosotros|ellos|debería|deberías|debo|puedo|podría|podrías|puede|porque|cómo|cuándo|cuáles
            |cuál|quién|qué|si|cuando|dijo|dice|dicho|pidió|decía|he|has|ha|había|hubiera|estoy|estaba|eres|soy|fue
            |era|ser|creo|quizás|quizá|tal vez|ojalá|me|te|nos|aunque|mientras|siempre
            """,
        please: "por favor|porfa|porfavor", negations: "no|nunca|jamás|nada|ningún|ninguna|ninguno|tampoco|sin",
        telling:
            "dijo|dice|dicho|escribió|escribe|escrito|pidió|preguntó|contestó|respondió|gritó|pone|decía|ponía|cita|canción|mensaje",
        separators: "y|e|luego|después|además|también|pero",
        wishes: """
            más|menos|mejor|peor|antes|menudo|ir|irme|saber|decir|decirte|ser|estar|dormir|pensar|admitir|reconocer
            |hablar|salir|reír|llorar|descansar|vivir|trabajar|confesar|preguntarte|parar|esperar|entender|creer
            |sentir|agradecerte|verte
            """,
        modals: "", pasts: "é|í",
        infinitives: Infinitives(
            endings:
                "ar|er|ir|arme|erme|irme|arle|erle|irle|arlo|erlo|irlo|arla|erla|irla|arse|arles|arnos|arlos|arlas",
            isLast: false),
        kinds: "cita|reunión|tarea|recordatorio|llamada|evento", joints: "con|de|del|para|sobre|en|a",
        phrases: """
            muestra|muestre|mostrar|enseña|enseñar|ver|mira|visualiza = show
            muéstrame|muéstreme|mostrarme|mostrame|enséñame|enséñeme = show me; lista|listar|liste = list
            dime|dígame|decime = tell me; qué = what; cuáles|cuál = which; cuántas|cuántos = how many; cuándo = when
            quién = who; dónde = where; tengo|tenemos|tienes|he|hemos = have; hay = are there; yo = i; me = me
            mis|mi = my; el|la|los|las|lo = the; un|una|unos|unas = a; esta|este = this; esa|ese|eso|esto = that
            estas|estos|esas|esos = those; del = of the; ellas|ellos|todas ellas|todos ellos = them
            ambas|ambos|las dos|los dos = both; y|e = and; de = of; en = on; con = with; para = for
            todas|todos|toda = all; todo = everything; tarea|elemento = task
            tareas|cosas|elementos|pendientes por hacer = tasks; recordatorio = reminder; recordatorios = reminders
            número = number; cita = appointment; reunión = meeting
            pendiente|pendientes|abierta|abiertas|abierto|abiertos|incompletas = pending; por hacer = to do
            queda|quedan|falta|faltan = left
            completada|completado|completadas|completados|terminada|terminado|terminadas|terminados|hecha|hecho|hechas|hechos = completed
            finalizadas|finalizado|acabado|acabadas|realizadas = completed; hice|completé|terminé = did do
            es|está|esta hecha = is; son|están = are; hacer = do; tengo que|tenemos que|debo|hay que = must
            vence|vencen = due; vencida|vencidas|vencido|atrasada|atrasadas|retrasadas = overdue; aún|todavía = still
            ya = already; solo|sólo = only; sin = without; fecha límite|fecha de vencimiento|fecha = date
            fechas = dates; no tiene|no tienen = without; ningún|ninguna = no
            excepto|menos|salvo|excepto por = except; busca|buscar|busque|encuentra = find; sobre = about; no = not
            sí = yes; añade|agrega|crea|apunta|anota|añadir|agregar|crear = add
            borra|elimina|quita|borrar|eliminar = delete; marca|marcar = mark; completa|completar = complete
            renombra|cambia = rename; recuérdame = remind; prioridad = priority
            alta prioridad|prioridad alta = high priority; baja prioridad|prioridad baja = low priority
            prioridad media = medium priority; urgente|urgentes|importante|importantes = urgent
            primera|primer|primero|primeras|primeros = first; segunda|segundo = second; tercera|tercer|tercero = third
            cuarta|cuarto = fourth; quinta|quinto = fifth; última|último|últimas|últimos = last; uno = one; dos = two
            tres = three; cuatro = four; cinco = five; seis = six; siete = seven; ocho = eight; nueve = nine
            diez = ten; once = eleven; doce = twelve; hoy = today; mañana = tomorrow
            pasado mañana = day after tomorrow; ayer = yesterday; esta noche = tonight; esta tarde = this afternoon
            esta mañana = this morning; mañana por la mañana = tomorrow morning
            mañana por la tarde = tomorrow afternoon; mañana por la noche = tomorrow evening
            por la mañana|de la mañana = in the morning; por la tarde|de la tarde = in the afternoon
            por la noche|de la noche = in the evening; mediodía|al mediodía = noon; medianoche = midnight
            lunes = monday; martes = tuesday; miércoles = wednesday; jueves = thursday; viernes = friday
            sábado = saturday; domingo = sunday; el lunes|al lunes = on monday; el martes|al martes = on tuesday
            el miércoles|al miércoles = on wednesday; el jueves|al jueves = on thursday
            el viernes|al viernes = on friday; el sábado|al sábado = on saturday; el domingo|al domingo = on sunday
            los lunes|todos los lunes = every monday; los martes|todos los martes = every tuesday
            los miércoles|todos los miércoles = every wednesday; los jueves|todos los jueves = every thursday
            los viernes|todos los viernes = every friday; los sábados|todos los sábados = every saturday
            los domingos|todos los domingos = every sunday; cada = every; diariamente|a diario = daily
            semanalmente = weekly; mensualmente = monthly; todos los días = every day; todas las semanas = every week
            todos los meses = every month; todos los años = every year; todas las mañanas = every morning
            todas las noches = every evening; todas las tardes = every afternoon; próximo lunes = next monday
            próximo martes = next tuesday; próximo miércoles = next wednesday; próximo jueves = next thursday
            próximo viernes = next friday; próximo sábado = next saturday; próximo domingo = next sunday
            próxima semana|semana que viene|la próxima semana|la semana que viene = next week; esta semana = this week
            este mes = this month; próximo mes|mes que viene|el próximo mes|el mes que viene = next month
            semana pasada|la semana pasada = last week; fin de semana = weekend
            este fin de semana|el fin de semana = this weekend; dentro de = in; antes del|antes de = before
            hasta el|hasta = until; desde = since; a las|a la = at; para el = by; para las = by; a más tardar el = by
            horas|hora = hours; minutos|minuto = minutes; día|días = days; semana = week; semanas = weeks; mes = month
            meses = months; año = year; años = years; enero = january; febrero = february; marzo = march
            abril = april; mayo = may; junio = june; julio = july; agosto = august; septiembre|setiembre = september
            octubre = october; noviembre = november; diciembre = december
            """,
        answers: """
            task = Tarea
            none = No tienes {}.
            some = Tienes {} {}
            atLeast = al menos {}
            share = , {} de ellas pendientes
            cut = Puede haber más: son tantas como puedo ver a la vez.
            all = tareas|tarea|tareas
            pending = tareas pendientes|tarea pendiente|tareas pendientes
            completed = tareas completadas|tarea completada|tareas completadas
            overdue = tareas atrasadas|tarea atrasada|tareas atrasadas
            isDone = completada
            due = vence {}
            overdueSince = atrasada desde {}
            withoutDate = sin fecha
            withDate = con fecha
            repeated = cada día|cada semana|cada mes|cada año
            notRepeated = sin repetición
            priorities = prioridad alta|prioridad media|prioridad baja
            days = hoy|mañana
            weekdays = lun|mar|mié|jue|vie|sáb|dom
            months = ene|feb|mar|abr|may|jun|jul|ago|sep|oct|nov|dic
            date = {} {} {}
            time = a las {}
            added = Añadida: {}.
            isCompleted = Completada: {}.
            reopened = Reabierta: {}.
            deleted = Eliminada: {}.
            changed = Cambiada: {}.
            undone = Deshecho: {}.
            nothingUndone = No había nada que deshacer.
            failed = No ha sido posible: {}
            confirm = Para eso necesito tu confirmación.
            noTask = No encuentro la tarea {}.
            found = Para «{}» he encontrado:
            foundNothing = No he encontrado nada para «{}».
            ambiguous = Con «{}» coinciden {} tareas:
            which = ¿Cuál quieres decir?
            notFound = No encuentro ninguna tarea como «{}» y no he cambiado nada.
            didYouMean = ¿Querías decir
            noneSuch = No hay tareas así; no he cambiado nada.
            already = {} ya está completada.|{} ya está abierta.
            askTitle = ¿Qué debe decir la tarea?
            offer = No sé qué hacer con «{}». {}
            offerTask = ¿La añado como tarea?
            unclear = No entiendo «{}». Soy el modo sencillo. Puedes decir, por ejemplo:
            help = Soy el modo sencillo: reglas y no una IA. Puedes decir, por ejemplo:
            examples = Añade una tarea para comprar leche|¿Qué tengo pendiente?|Marca la tarea 3 como completada|\
            Cambia la tarea 1 a "Llamar a mamá"|Borra la tarea de la reunión|Recuérdame mañana pagar el alquiler
            hello = ¡Hola! Puedo añadir, mostrar, cambiar, completar y borrar tareas.
            thanks = ¡De nada!
            goodbye = ¡Hasta pronto!
            whoAreYou = Soy el modo sencillo de esta lista de tareas: reglas y no una IA.
            fine = De acuerdo.
            leftAlone = De acuerdo, lo dejo todo como está.
            nothingToConfirm = No hay nada que espere tu confirmación.
            """)
}
