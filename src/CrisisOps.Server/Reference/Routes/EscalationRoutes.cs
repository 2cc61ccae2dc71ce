using CrisisOps.Server.Escalations;

namespace CrisisOps.Server.Reference.Routes;

/// <summary>Reading escalations, and one command on many.</summary>
public sealed class EscalationRoutes : IDescribesRoutes
{
    private const string Tag = "Escalations";

    private const string Card = """
        {"key":"ESC-2027-000101","title":"Live video of an attack","state":"Investigating","severity":"SEV1","triaged":true,"policyArea":"ViolenceAndIncitement","regions":["XN"],
         "source":"TrustedPartner","flags":["LiveContent"],"owner":"spec-04","tlp":"AMBER","reportCount":3,"raisedAt":"2027-05-15T14:02:00Z","priorityScore":970}
        """;

    private static readonly string _cardAnd = Card.TrimEnd()[..^1];

    public static IEnumerable<RouteDescription> Routes { get; } =
    [
        new(HttpMethod.Get, "/v1/escalations", Tag, "Lists escalations, the newest first", $$"""{"items":[{{Card}}],"next":null}""")
        {
            Description = "Only what you may see. Filters narrow together; the next page is in `next` and in the Link header. A partner lists its own reports, as receipts and without filters.",
            Takes = ["state", "severity", "owner", "unowned", "desk", "regionFilter", "policyArea", "source", "flag", "q", "asOf", "clock", "cursor", "limit"],
        },
        new(HttpMethod.Get, "/v1/escalations/{key}", Tag, "Shows an escalation and what you may do with it now", """
            {"key":"ESC-2027-000101","version":7,"state":"Investigating","title":"Live video of an attack","regions":["XN"],"policyArea":"ViolenceAndIncitement","effectiveSeverity":"SEV1",
             "flags":["LiveContent"],"tlp":"AMBER","owner":"spec-04","raisedAt":"2027-05-15T14:02:00Z",
             "clocks":[{"clockId":"FIRST_RESPONSE","kind":"FirstResponse","startedAt":"2027-05-15T14:02:00Z","dueAt":"2027-05-15T15:02:00Z"}],
             "commands":[{"name":"post-note","href":"/v1/escalations/ESC-2027-000101/post-note","needs":["text"],"sample":{"text":"Third re-upload found and removed."}}]}
            """)
        {
            Description = "Members depend on your audience: Core reads all, consulted functions, executives and partners read what is theirs. `commands` lists what you may give now, each with a body that would be accepted; it is absent when you ask for the past.",
            Takes = ["asOf", "clock", "version"],
            Problems = [401, 404, 422, 503],
        },
        new(HttpMethod.Get, "/v1/escalations/{key}/duplicates", Tag, "Finds cases with the same external reference or content",
            $$"""{"items":[{{_cardAnd}},"why":{"sameExternalRef":true,"sameContent":["post-8812"]} }],"next":null}""")
        {
            Takes = ["asOf", "clock", "limit"],
            Problems = [401, 404, 422, 503],
        },
        new(HttpMethod.Post, "/v1/escalations/bulk", Tag, "Gives one command on many escalations", """
            {"command":"assign","dryRun":false,"outcomes":[
              {"key":"ESC-2027-000101","status":200,"answer":{"key":"ESC-2027-000101","version":4,"state":"Triaged","events":[{"type":"EscalationAssigned","version":4,"entryId":"ESC-2027-000101@4"}]}},
              {"key":"ESC-2027-000102","status":404,"problem":{"type":"/problems/not-found","status":404,"title":"Not found"}}]}
            """)
        {
            Description = "Not all or nothing: each key takes the way of the command by itself and has its own outcome. With an Idempotency-Key the whole can be sent again.",
            Takes = ["Idempotency-Key"],
            Body = (typeof(BulkRequest), """{"command":"assign","keys":["ESC-2027-000101","ESC-2027-000102"],"body":{"assignee":"spec-04","reason":"one incident"},"dryRun":true}"""),
            Problems = [400, 401, 413, 415, 422, 503],
        },
        new(HttpMethod.Get, "/v1/queue", Tag, "Shows what to take next, and why", $$"""{"items":[{{_cardAnd}},"why":"threat to life or live content; SEV1; 40 % of FIRST_RESPONSE left; open for 36 min"}],"next":null}""")
        {
            Description = "Live danger first, then legal deadlines under four hours, severity, the share of the service level that is left, age. Each row says why it stands where it stands. With `asOf` the queue as it stood then, its clocks too.",
            Takes = ["asOf", "clock", "cursor", "limit"],
        },
        new(HttpMethod.Get, "/v1/queue/live", Tag, "Watches the first page of the queue", "event: queue\ndata: [{\"key\":\"ESC-2027-000101\",\"why\":\"threat to life or live content; SEV1\"}]\n\n")
        {
            Description = "An event `queue` with the whole page whenever it changes. It ends with your token.",
            Takes = ["limit"],
            Live = true,
        },
        new(HttpMethod.Get, "/v1/me/work", Tag, "Shows my cases, what waits for my approval, what nobody has taken yet at the desks I am on duty for, and what is due next", $$"""
            {"mine":[{{Card}}],"waitingForMyApproval":[{{_cardAnd}},"command":"approve-decision","body":{"note":"Agreed."} }],
             "atMyDesk":[{{Card}}],
             "dueNext":[{"stream":"ESC-2027-000101","kind":"TaskDue","ref":"TSK-1","dueAt":"2027-05-15T16:00:00Z","overdue":false}]}
            """)
        {
            Description = "With `asOf`: the cases that were mine then, what stood unowned then at the desks I am on duty for now, and what was due next. `waitingForMyApproval` is absent: commands are given now.",
            Takes = ["asOf", "clock"],
            Problems = [401, 422, 503],
        },
    ];
}
