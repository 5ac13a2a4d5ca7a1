extension OfflineUtterance {
    private static func repeated(_ time: String, _ rule: String) -> String { due(time) + #","recurrence":"\#(rule)""# }

    /// Repetitions; the clock says Sunday, 22 November 2026, 21:00 in Berlin.
    static let recurring: [OfflineUtterance] = [
        .init(
            "remind me to pay rent on the 1st of every month",
            add("Pay rent", repeated("2026-12-01T22:59:59", "FREQ=MONTHLY;BYMONTHDAY=1"))),
        .init(
            "remind me to pay the card every month on the 15th at 9am",
            add("Pay the card", repeated("2026-12-15T08:00:00", "FREQ=MONTHLY;BYMONTHDAY=15"))),
        .init(
            "add pay salaries on the 1st and the 15th of each month",
            add("Pay salaries", repeated("2026-12-01T22:59:59", "FREQ=MONTHLY;BYMONTHDAY=1,15"))),
        .init(
            "add back up the laptop on the last day of every month",
            add("Back up the laptop", repeated("2026-11-30T22:59:59", "FREQ=MONTHLY;BYMONTHDAY=-1"))),
        .init(
            "add send invoices at the end of every month",
            add("Send invoices", repeated("2026-11-30T22:59:59", "FREQ=MONTHLY;BYMONTHDAY=-1"))),
        .init(
            "add team drinks every last friday",
            add("Team drinks", repeated("2026-11-27T22:59:59", "FREQ=MONTHLY;BYDAY=-1FR"))),
        .init(
            "add book club every second thursday of the month",
            add("Book club", repeated("2026-12-10T22:59:59", "FREQ=MONTHLY;BYDAY=2TH"))),
        .init(
            "add stretch every weekday at 8am",
            add("Stretch", repeated("2026-11-23T07:00:00", "FREQ=WEEKLY;BYDAY=MO,TU,WE,TH,FR"))),
        .init(
            "remind me on weekdays at 9 to check email",
            add("Check email", repeated("2026-11-23T08:00:00", "FREQ=WEEKLY;BYDAY=MO,TU,WE,TH,FR"))),
        .init(
            "add yoga on mondays and wednesdays at 6pm",
            add("Yoga", repeated("2026-11-23T17:00:00", "FREQ=WEEKLY;BYDAY=MO,WE"))),
        .init(
            "add call grandma every sunday at 6 pm",
            add("Call grandma", repeated("2026-11-29T17:00:00", "FREQ=WEEKLY;BYDAY=SU"))),
        .init(
            "add water the plants every 2 weeks on monday",
            add("Water the plants", repeated("2026-11-23T22:59:59", "FREQ=WEEKLY;INTERVAL=2;BYDAY=MO"))),
        .init(
            "add take out the trash every other tuesday",
            add("Take out the trash", repeated("2026-11-24T22:59:59", "FREQ=WEEKLY;INTERVAL=2;BYDAY=TU"))),
        .init(
            "add send a card to mom every year on 24 dec",
            add("Send a card to mom", repeated("2026-12-24T22:59:59", "FREQ=YEARLY;BYMONTH=12;BYMONTHDAY=24"))),
        .init(
            "add order a tree every december 6th",
            add("Order a tree", repeated("2026-12-06T22:59:59", "FREQ=YEARLY;BYMONTH=12;BYMONTHDAY=6"))),
        .init(
            "add review the budget quarterly",
            add("Review the budget", repeated("2026-11-22T22:59:59", "FREQ=MONTHLY;INTERVAL=3"))),
        .init(
            "add take vitamins every morning", add("Take vitamins", repeated("2026-11-23T08:00:00", "FREQ=DAILY"))),
        .init(
            "add take antibiotics every day until friday",
            add("Take antibiotics", repeated("2026-11-22T22:59:59", "FREQ=DAILY;UNTIL=20261127"))),
        .init(
            "add practice the piano every day at 5 pm for 2 weeks",
            add("Practice the piano", repeated("2026-11-23T16:00:00", "FREQ=DAILY;UNTIL=20261205"))),
        .init(
            "add physiotherapy every tuesday 6 times",
            add("Physiotherapy", repeated("2026-11-24T22:59:59", "FREQ=WEEKLY;BYDAY=TU;COUNT=6"))),
        .init(
            "every monday I have to submit my timesheet",
            add("Submit my timesheet", repeated("2026-11-23T22:59:59", "FREQ=WEEKLY;BYDAY=MO"))),
        .init("repeat task 4 every friday", update(4, #""recurrence":"FREQ=WEEKLY;BYDAY=FR""#)),
        .init(
            "make task 4 repeat every last friday of the month", update(4, #""recurrence":"FREQ=MONTHLY;BYDAY=-1FR""#)),
        .init("repeat task 4 on the 1st of every month", update(4, #""recurrence":"FREQ=MONTHLY;BYMONTHDAY=1""#)),
        // Sentences without a recurrence.
        .init("add call the bank every 15 minutes", add("Call the bank every 15 minutes")),
        .init("add give each child a gift", add("Give each child a gift")),
        .init("add read the last chapter of the book", add("Read the last chapter of the book")),
    ]

    /// Dates, topics, lists, corrections and denials in everyday language.
    static let people: [OfflineUtterance] = [
        .init("add submit taxes by the end of november", add("Submit taxes", due("2026-11-30T22:59:59"))),
        .init("add submit taxes by the end of next week", add("Submit taxes", due("2026-11-29T22:59:59"))),
        .init("add clean the desk by end of next month", add("Clean the desk", due("2026-12-31T22:59:59"))),
        .init("add renew my visa next month", add("Renew my visa", due("2026-12-01T22:59:59"))),
        .init("add plan the budget by the end of the year", add("Plan the budget", due("2026-12-31T22:59:59"))),
        .init("remind me at the end of the month to send invoices", add("Send invoices", due("2026-11-30T22:59:59"))),
        .init("add file the report at the beginning of march 2027", add("File the report", due("2027-03-01T22:59:59"))),
        .init("add reschedule the talk to next friday", add("Reschedule the talk to next friday")),
        .init("show me health tasks", list("all", #""tag":"health""#)),
        .init("show my work stuff", list("all", #""tag":"work""#)),
        .init("what home tasks do I have?", list("pending", #""tag":"home""#)),
        .init("health tasks", list("all", #""tag":"health""#)),
        .init("how many health tasks do i have", list("all", #""tag":"health""#)),
        .init("complete all health tasks", list("pending", #""tag":"health""#)),
        .init("list tasks due before december", list("pending", #""due_to":"2026-11-30T22:59:59Z""#)),
        .init("what's due by the end of the month?", list("pending", #""due_to":"2026-11-30T22:59:59Z""#)),
        .init(
            "what's due next month?",
            list("pending", #""due_from":"2026-11-30T23:00:00Z","due_to":"2026-12-31T22:59:59Z""#)),
        .init("anything about the dentist?", search("dentist")),
        .init("add milk n bread to my list", add("Milk"), add("Bread")),
        .init("add tasks:\n1. Buy paint\n2. Fix the door", add("Buy paint"), add("Fix the door")),
        .init(
            "add: milk, eggs, 2 lbs of butter, and coffee",
            add("Milk"), add("Eggs"), add("2 lbs of butter"), add("Coffee")),
        .init("put \"Read a book\" on my list, no rush", add("Read a book", #""priority":"low""#)),
        .init("I gotta buy bread", add("Buy bread")),
        .init("add the tag urgent to task 3", get(3)),
        .init("add the urgent tag to task 3", get(3)),
        .init("remove the health tag from task 4", get(4)),
        .init("set due date for task 3 tomorrow 5pm", update(3, due("2026-11-23T16:00:00"))),
        .init("move task 3 to 6 pm", get(3)),
        .init("oops, undo", "undo {}"),
        .init("oops", "undo {}"),
        .init("oops, delete task 3", delete(3)),
        // Unambiguous sentences.
        .init("don't delete task 1"),
        .init("please do not mark task 3 as done"),
        .init("never delete the meeting"),
        .init("i did not call mom"),
        .init("2 -> done"),
        .init("delete everything except task 1", list("all")),
        .init("undo the last two changes", "undo {}"),
        .init("bring back the gym task"),
        .init("swap tasks 1 and 2"),
        .init("am i free on saturday?"),
        .init("thanks, that's all"),
        .init("tell me about yourself"),
        .init("redo"),
    ]
}
