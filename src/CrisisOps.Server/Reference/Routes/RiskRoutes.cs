namespace CrisisOps.Server.Reference.Routes;

/// <summary>Reading the signals of emerging risks.</summary>
public sealed class RiskRoutes : IDescribesRoutes
{
    private const string Risks = "Risks";

    private const string Signal = """
        {"key":"RSK-2027-000001","version":1,"state":"Captured","kind":"VolumeAnomaly","summary":"34 reports of ViolenceAndIncitement in XN from UserReport within an hour, usual are 6.3",
         "origin":"UserReport","regions":["XN"],"policyArea":"ViolenceAndIncitement","tlp":"AMBER","exercise":false,"horizon":"Now","grade":{"reliability":"A","credibility":2,"weak":false},
         "surge":{"series":{"policyArea":"ViolenceAndIncitement","region":"XN","source":"UserReport","id":"ViolenceAndIncitement/XN/UserReport"},"observed":34,"baseline":6.3,"threshold":28,
                  "window":{"from":"2027-05-15T13:20:00Z","until":"2027-05-15T14:20:00Z"}},
         "capturedAt":"2027-05-15T14:20:00Z"}
        """;

    private const string Commands = """ "commands":[{"name":"dismiss","href":"/v1/risks/RSK-2027-000001/dismiss","needs":["reason"],"sample":{"reason":"A partner sent its backlog of the week at once."}}] """;

    public static IEnumerable<RouteDescription> Routes { get; } =
    [
        new(HttpMethod.Get, "/v1/risks", Risks, "Lists risk signals, the newest first", $$"""{"items":[{{Signal}}],"next":null}""")
        {
            Description = "Only what you may see. Filters narrow together; `q=surging` finds surges that still run; the next page is in `next` and in the Link header.",
            Takes = ["riskState", "open", "regionFilter", "q", "asOf", "clock", "cursor", "limit"],
        },
        new(HttpMethod.Get, "/v1/risks/{key}", Risks, "Shows a risk signal and what you may do with it now", $"{Signal.TrimEnd()[..^1]},{Commands}}}")
        {
            Description = "Members depend on your audience.",
            Takes = ["asOf", "clock", "version"],
            Problems = [401, 404, 422, 503],
        },
    ];
}
