namespace CrisisOps.Server.Reference.Routes;

/// <summary>Reading the sources of alerts.</summary>
public sealed class SourceRoutes : IDescribesRoutes
{
    private const string Sources = "Sources";

    private const string Source = """
        {"key":"SRC-001","version":3,"state":"Active","name":"OpenHash matches","kind":"IndustryPeer","partnerId":"OpenHash Exchange","formats":["CloudEvents"],"regions":["XN"],"surface":"Feed",
         "reportTlp":"AMBER","ratePerMinute":6000,"heartbeatEvery":"PT5M","exercise":false,"registeredAt":"2027-03-01T09:00:00Z","tlp":"GREEN"}
        """;

    private const string More = """
        "policyAreas":[],"keys":[{"keyId":"KEY-1","name":"ingest host"}],"signingGeneration":1,
        "maintenance":[{"windowId":"MW-1","from":"2027-05-16T22:00:00Z","length":"PT2H","reason":"They move their servers.","days":[],"ended":0}]
        """;

    private const string Commands = """ "commands":[{"name":"suspend","href":"/v1/sources/SRC-001/suspend","needs":["reason"],"sample":{"reason":"It sends the same alert with ever new references."}}] """;

    public static IEnumerable<RouteDescription> Routes { get; } =
    [
        new(HttpMethod.Get, "/v1/sources", Sources, "Lists sources of alerts, the newest first", $$"""{"items":[{{Source}}],"next":null}""")
        {
            Description = "Only what you may see. Filters narrow together; `q=silent` finds those that are not heard of although they promised. The next page is in `next` and in the Link header.",
            Takes = ["sourceState", "open", "regionFilter", "q", "asOf", "clock", "cursor", "limit"],
        },
        new(HttpMethod.Get, "/v1/sources/{key}", Sources, "Shows a source and what you may do with it now", $"{Source.TrimEnd()[..^1]},{More.Trim()},{Commands}}}")
        {
            Description = "Members depend on your audience. A key is shown once, in the answer to the command that issued it, and never here.",
            Takes = ["asOf", "clock", "version"],
            Problems = [401, 404, 422, 503],
        },
        new(HttpMethod.Get, "/v1/sources/{key}/signing-secrets", Sources, "Shows the secrets with which a source signs",
            """{"items":[{"generation":2,"secret":"whsec_9Ck1KXsXUVCz05JSVVqMGzNN8EJ9KHrwGw2uWTQEXaA="},{"generation":1,"secret":"whsec_C2FVsBQIhrscChlQIMV+b5sSYspob7oD3S0Hnq5DFXg=","validUntil":"2027-05-16T14:00:00Z"}]}""")
        {
            Description = "For partner managers and admins. Standard Webhooks; the newest first. Empty until one is issued.",
            Problems = [401, 403, 404, 503],
        },
        new(HttpMethod.Get, "/v1/sources/{key}/uses", Sources, "Shows when a source was heard of, and by which of its keys",
            """{"lastHeard":"2027-05-15T14:02:11Z","uses":48213,"keys":[{"keyId":"KEY-1","lastUsed":"2027-05-15T14:02:11Z","uses":48213}]}""")
        {
            Description = "Written once a second. Before you revoke an old key, look whether it is still used.",
            Problems = [401, 404, 503],
        },
    ];
}
