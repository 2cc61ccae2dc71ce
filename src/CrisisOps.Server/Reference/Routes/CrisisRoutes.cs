namespace CrisisOps.Server.Reference.Routes;

/// <summary>Reading crises.</summary>
public sealed class CrisisRoutes : IDescribesRoutes
{
    private const string Tag = "Crises";

    private const string Card = """
        {"key":"CR-2027-0007","version":23,"state":"Active","type":"TerrorOrViolentExtremistAttack","title":"Live video of an attack","codename":"HARBOUR","regions":["XN"],"tlp":"AMBER",
         "proposedAt":"2027-05-15T14:03:01Z","level":"Level1","declaredAt":"2027-05-15T14:07:00Z","commander":"ic-01","nextSitRepDue":"2027-05-15T14:37:00Z"}
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
    ];
}
