namespace CrisisOps.Server.Reference.Routes;

/// <summary>Reading crises.</summary>
public sealed class CrisisRoutes : IDescribesRoutes
{
    private const string Tag = "Crises";

    private const string Card = """
        {"key":"CR-2027-0007","version":23,"state":"Active","type":"TerrorOrViolentExtremistAttack","title":"Live video of an attack","codename":"HARBOUR","regions":["XN"],"tlp":"AMBER",
         "proposedAt":"2027-05-15T14:03:01Z","level":"Level1","declaredAt":"2027-05-15T14:07:00Z","commander":"ic-01","nextSitRepDue":"2027-05-15T14:37:00Z"}
        """;


    private const string Board = """
        {"key":"CR-2027-0007","state":"Active","type":"TerrorOrViolentExtremistAttack","title":"Live video of an attack","codename":"HARBOUR","regions":["XN"],"exercise":false,"level":"Level1",
         "declaredAt":"2027-05-15T14:07:00Z","elapsed":"PT1H13M","commander":"ic-01","nextSitRepDue":"2027-05-15T15:37:00Z","lastUpdateAt":"2027-05-15T15:08:00Z","lastUpdateAge":"PT12M",
         "roles":[{"role":"IncidentCommander","person":"ic-01","since":"2027-05-15T14:07:10Z"}],"sitRepsMissed":0,
         "openEscalations":{"sev1":1,"sev2":0,"worst":[{"key":"ESC-2027-000101","severity":"SEV1","title":"Live video of an attack","owner":"spec-04"}]},
         "levers":[{"leverId":"LEV-1","kind":"LiveStreamRestriction","scope":"XN","owner":"lo-02","expiresAt":"2027-05-16T14:12:30Z","timeLeft":"PT22H52M"}],
         "partnerAcks":{"received":2,"asked":3},"elections":[{"key":"EL-XN-2027-01","title":"Parliamentary, XN, 2027-05-16","phase":"SilencePeriod"}],
         "asks":"Legal: advice on the order.","openTasks":[{"taskId":"TSK-1","title":"Ask the video platform for its numbers","owner":"lo-02","dueAt":"2027-05-15T16:00:00Z","overdue":false}]}
        """;

    private const string Page = """
        # CR-2027-0007 HARBOUR

        - What: Live video of an attack
        - State: UnderReview
        - For: Executive
        - As of: 2027-05-17 16:00:00 +02:00
        - Times: Europe/Berlin

        ## Timeline

        | When | Entry | Kind | What | By |
        | --- | --- | --- | --- | --- |
        | 2027-05-15 16:07:00 +02:00 | CR-2027-0007\@3 | Declared | HARBOUR\: crisis declared, Level1 |  |
        """;

    public static IEnumerable<RouteDescription> Routes { get; } =
    [
        new(HttpMethod.Get, "/v1/crises", Tag, "Lists crises, the newest first", $$"""{"items":[{{Card}}],"next":null}""")
        {
            Description = "Only what you may see. Filters narrow together; the next page is in `next` and in the Link header.",
            Takes = ["crisisState", "open", "regionFilter", "q", "cursor", "limit"],
        },
        new(HttpMethod.Get, "/v1/crises/{key}", Tag, "Shows a crisis and what you may do with it now", """
            {"key":"CR-2027-0007","version":23,"state":"Active","title":"Live video of an attack","codename":"HARBOUR","regions":["XN"],"tlp":"AMBER","level":"Level1","commander":"ic-01",
             "roles":[{"role":"IncidentCommander","person":"ic-01","since":"2027-05-15T14:07:10Z"}],
             "levers":[{"leverId":"LEV-1","kind":"LiveStreamRestriction","scope":"XN","owner":"lo-02","approver":"ic-01","expiresAt":"2027-05-16T14:12:30Z","state":"Active"}],
             "cadence":"PT30M","nextSitRepDue":"2027-05-15T14:37:00Z",
             "commands":[{"name":"post-note","href":"/v1/crises/CR-2027-0007/post-note","needs":["text"],"sample":{"text":"Called the police liaison."}}]}
            """)
        {
            Description = "Members depend on your audience: whoever holds or held a role in it and duty leads of the region read all; specialists and other staff of the region read what consulted functions do; executives read the condition. `commands` lists what you may give now, each with a body that would be accepted; it is absent when you ask for the past.",
            Takes = ["asOf", "version"],
            Problems = [401, 404, 422, 503],
        },
        new(HttpMethod.Get, "/v1/board", Tag, "Shows every live crisis at a glance, the worst first", $$"""{"items":[{{Board}}]}""")
        {
            Description = "The wall of the war room: one row for each live crisis that you may see. Escalations and elections that you may not see are not counted.",
        },
        new(HttpMethod.Get, "/v1/crises/{key}/board", Tag, "Shows one crisis at a glance", Board)
        {
            Description = "`asks` is what the newest update that you may read asks for; `partnerAcks` counts the newest message of every open alert. A part that is absent is not for your audience.",
            Problems = [401, 404, 422, 503],
        },
        new(HttpMethod.Get, "/v1/crises/{key}/export", Tag, "Makes one document of an incident, for people", Page)
        {
            Description = "As Markdown, or as one page of HTML that loads and runs nothing: the facts with the entries they are computed from, the timeline, who was told, what was corrected, and the recommendations. For another audience it holds what that audience may read, of what you may read yourself: the core team makes it for any, everybody for the public, to whom goes only what was published. The cases that the review of the crisis names have their timelines in it too.",
            Takes = ["exportFormat", "audience", "zone", "asOf"],
            Problems = [401, 403, 404, 422, 503],
            MediaType = "text/markdown",
        },
        new(HttpMethod.Get, "/v1/crises/{key}/sitrep-draft", Tag, "Drafts the next situation report", """
            {"number":2,"incidentName":"HARBOUR","commander":"ic-01","startedAt":"2027-05-15T13:52:00Z","dueAt":"2027-05-15T15:07:00Z","href":"/v1/crises/CR-2027-0007/publish-sit-rep",
             "body":{"significantEvents":"14:12Z LEV-1 on: LiveStreamRestriction, XN, until 2027-05-16 14:12Z","plannedActions":"TSK-1 Ask the video platform for its numbers (lo-02)","version":"Update",
              "periodFrom":"2027-05-15T14:35:00Z","periodTo":"2027-05-15T15:02:00Z","incidentDefinition":"Live video of an attack","place":"XN","preparedBy":"spec-04","sentTo":["Core","CrossFunctional"]}}
            """)
        {
            Description = "The starred blocks of ICS-209, filled from the crisis, its escalations and the entries of its timeline that you may read. `body` can be sent as it is; read it first.",
            Problems = [401, 404, 422, 503],
        },
    ];
}
