namespace CrisisOps.Server.Reference.Routes;

/// <summary>Reading the partners.</summary>
public sealed class PartnerRoutes : IDescribesRoutes
{
    private const string Partners = "Partners";

    private const string Partner = """
        {"key":"PRT-001","version":5,"state":"Active","name":"OpenHash Exchange","type":"HashSharingBody","regions":["XN"],"languages":["en"],"expertise":["terrorist content"],"tlp":"AMBER",
         "tlpClearance":"GREEN","verifiedAt":"2027-03-02T10:00:00Z","precision":{"upheld":46,"total":50,"reviewedAt":"2027-05-01T09:00:00Z"},"proposedAt":"2027-03-01T09:00:00Z"}
        """;

    private const string Endpoints = """
        "endpoints":[{"endpointId":"EP-1","channel":"Webhook","address":"https://partner.example/alerts/1","format":"CloudEvents","ordered":false,"full":false,"verified":true,"verifiedBy":"system",
         "verifiedHow":"challenge answered","removed":false,"secretGeneration":1}]
        """;

    private const string Commands = """ "commands":[{"name":"suspend","href":"/v1/partners/PRT-001/suspend","needs":["reason"],"sample":{"reason":"Its account is said to be taken over."}}] """;

    public static IEnumerable<RouteDescription> Routes { get; } =
    [
        new(HttpMethod.Get, "/v1/partners", Partners, "Lists partners, the newest first", $$"""{"items":[{{Partner}}],"next":null}""")
        {
            Description = "Only what you may see, and no endpoint. Filters narrow together; the next page is in `next` and in the Link header.",
            Takes = ["partnerState", "open", "regionFilter", "q", "asOf", "clock", "cursor", "limit"],
        },
        new(HttpMethod.Get, "/v1/partners/{key}", Partners, "Shows a partner and what you may do with it now", $"{Partner.TrimEnd()[..^1]},{Endpoints.Trim()},{Commands}}}")
        {
            Description = "Members depend on your audience. Secrets are never shown.",
            Takes = ["asOf", "clock", "version"],
            Problems = [401, 404, 422, 503],
        },
    ];
}
