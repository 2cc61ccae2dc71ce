namespace CrisisOps.Server.Reference.Routes;

/// <summary>Timelines, what changed, and what is due.</summary>
public sealed class TimelineRoutes : IDescribesRoutes
{
    private const string Tag = "Timelines";

    private const string Entry = """
        {"entryId":"ESC-2027-000101@7","stream":"ESC-2027-000101","version":7,"occurredAt":"2027-05-15T14:20:00Z","recordedAt":"2027-05-15T14:21:07Z","kind":"Note","headline":"Third re-upload found and removed.","actor":"spec-04","role":"specialist","tlp":"AMBER"}
        """;

    public static IEnumerable<RouteDescription> Routes { get; } =
    [
        new(HttpMethod.Get, "/v1/timelines/{key}", Tag, "Reads a timeline", $$"""{"items":[{{Entry}}],"next":null,"live":"bGl2ZXw3"}""")
        {
            Description = "In the order of what happened or of what we knew. Each audience reads its own text. `live` is where the live stream goes on from this page.",
            Takes = ["from", "to", "asOf", "clock", "order", "entryKind", "cursor", "limit"],
            Problems = [401, 404, 422, 503],
        },
        new(HttpMethod.Get, "/v1/timelines/{key}/live", Tag, "Watches a timeline", $"id: bGl2ZXw3\nevent: entry\ndata: {Entry}\n\nevent: hidden\ndata: {{\"entryId\":\"ESC-2027-000101@5\"}}\n\n")
        {
            Description = "`entry` for each entry in the order of commits, from the start or after Last-Event-ID, on any node: nothing missed, nothing twice. `hidden` takes an entry back, or the timeline when you may not see it any more. It ends with your token.",
            Takes = ["Last-Event-ID", "after"],
            Live = true,
            Problems = [401, 404, 422, 503],
        },
        new(HttpMethod.Get, "/v1/changes", Tag, "Says what changed since I last looked", $$"""
            {"items":[{"stream":"ESC-2027-000101","entries":3,"newest":{{Entry}}},{"stream":"ESC-2027-000102","noLongerVisible":true}],"next":null,"cursor":"Y2hhbmdlc3wxfDc3MQ","more":false}
            """)
        {
            Description = "Over all that you may see, one item for each stream. Without `after`: the cursor of now. Ask again with `cursor`; `more` says that there is more already.",
            Takes = ["after"],
            Problems = [401, 410, 422, 503],
        },
        new(HttpMethod.Get, "/v1/search", Tag, "Looks through everything I may read", $$"""
            {"items":[{"stream":"ESC-2027-000101","found":"contentId","card":{"key":"ESC-2027-000101","title":"Live video of an attack","state":"Investigating"} },{"stream":"ESC-2027-000101","found":"entry","entry":{{Entry}} }],"next":null}
            """)
        {
            Description = "Titles, notes, updates and content ids of all streams: first the cases with this key, content id or external reference, then entries that have all the words, newest first. Only in the text that your audience reads.",
            Takes = ["q", "asOf", "clock", "limit"],
            Problems = [401, 422, 503],
        },
        new(HttpMethod.Get, "/v1/deadlines", "Deadlines", "Lists what is due next and what is overdue", """
            {"items":[{"stream":"ESC-2027-000101","kind":"TaskDue","ref":"TSK-1","dueAt":"2027-05-15T16:00:00Z","state":"Open","owner":"spec-04"},{"stream":"ESC-2027-000101","kind":"SlaClock","ref":"RESOLVE","dueAt":"2027-05-15T17:55:10Z","state":"Warned","owner":"spec-04"}],"next":null}
            """)
        {
            Description = "Of the cases you may see, in the order in which they are due. What is overdue stays until it is settled or the case ends, with `overdueSince`. `Warned` is near; `warnsAt` is the next warning.",
            Takes = ["overdue", "owner", "stream", "deadlineKind", "asOf", "clock", "cursor", "limit"],
        },
        new(HttpMethod.Get, "/v1/sla-board", "Deadlines", "Counts how the clocks stand", """
            {"at":"2027-05-15T18:41:00Z","groupBy":"policyArea","items":[{"group":"MediaInquiry","clocks":[{"kind":"FirstResponse","running":0,"atRisk":0,"paused":0,"met":0,"metLearnedLate":0,"metLate":1,"breached":0,"breaches":1}]}]}
            """)
        {
            Description = "By kind of clock and policy area, region or source, over the cases whose timers you may see; without exercises and mistaken raises. `breaches` is how often a clock ran out, whatever became of it since.",
            Takes = ["groupBy", "asOf", "clock"],
        },
    ];
}
