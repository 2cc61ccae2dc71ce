namespace CrisisOps.Server.Reference.Routes;

/// <summary>Reading elections.</summary>
public sealed class ElectionRoutes : IDescribesRoutes
{
    private const string Tag = "Elections";

    private const string Card = """
        {"key":"EL-XN-2027-01","version":9,"state":"SilencePeriod","type":"Parliamentary","title":"Parliamentary, XN, 2027-05-16","regions":["XN"],"round":1,"tz":"Europe/Vienna",
         "electionDay":"2027-05-16","tlp":"AMBER","risk":{"tier":"High","drivers":["Polarisation"],"confidence":"moderate"},"posture":"OperationsCenter","severityFloor":"SEV2"}
        """;

    public static IEnumerable<RouteDescription> Routes { get; } =
    [
        new(HttpMethod.Get, "/v1/elections", Tag, "Lists elections, the newest first", $$"""{"items":[{{Card}}],"next":null}""")
        {
            Description = "Only what you may see. Filters narrow together; the next page is in `next` and in the Link header.",
            Takes = ["electionPhase", "open", "regionFilter", "q", "asOf", "clock", "cursor", "limit"],
        },
        new(HttpMethod.Get, "/v1/elections/{key}", Tag, "Shows an election and what you may do with it now", """
            {"key":"EL-XN-2027-01","version":9,"state":"SilencePeriod","type":"Parliamentary","title":"Parliamentary, XN, 2027-05-16","regions":["XN"],"tz":"Europe/Vienna",
             "authority":"Norland Electoral Commission","schedule":[{"phase":"Voting","startsAt":"2027-05-16T04:00:00Z"},{"phase":"Counting","startsAt":"2027-05-16T18:00:00Z"}],"scheduleVersion":1,
             "entered":[{"phase":"PreElection","trigger":"Schedule","at":"2027-04-15T22:00:00Z"}],
             "measures":[{"measureId":"MEA-1","kind":"PoliticalAdsPause","region":"XN","activatedAt":"2027-05-14T22:00:04Z","expiresAt":"2027-05-23T18:00:00Z"}],
             "commands":[{"name":"post-note","href":"/v1/elections/EL-XN-2027-01/post-note","needs":["text"],"sample":{"text":"The authority answers by telephone only."}}]}
            """)
        {
            Description = "Members depend on your audience. `schedule` holds instants: a local time was read once, in the zone of the election, when the schedule was set. `commands` lists what you may give now; it is absent when you ask for the past.",
            Takes = ["asOf", "clock", "version"],
            Problems = [401, 404, 422, 503],
        },
    ];
}
