namespace CrisisOps.Server.Reference.Routes;

/// <summary>Reading the reviews of crises, and what they came to.</summary>
public sealed class ReviewRoutes : IDescribesRoutes
{
    private const string Reviews = "Reviews";
    private const string Recommendations = "Recommendations";

    private const string Review = """
        {"key":"PIR-2027-0007","version":3,"state":"Draft","crisisKey":"CR-2027-0007","title":"Live video of an attack","regions":["XN"],"tlp":"AMBER","owner":"spec-04",
         "openedAt":"2027-05-17T14:00:01Z","dueAt":"2027-05-20T14:00:00Z","overdue":false}
        """;

    private const string Recommendation = """
        {"key":"IMP-31","version":2,"state":"Accepted","type":"Staffing","title":"Keep one reader of every language of the region on call","reviewKey":"PIR-2027-0007","regions":["XN"],"tlp":"AMBER",
         "metric":{"name":"median minutes to first response","before":14,"target":5},"owner":"lead-01","dueAt":"2027-06-30T00:00:00Z","overdue":false}
        """;

    private const string Commands = """ "commands":[{"name":"submit","href":"/v1/reviews/PIR-2027-0007/submit","needs":[],"sample":{}}] """;

    private const string Owned = """ "commands":[{"name":"start","href":"/v1/recommendations/IMP-31/start","needs":[],"sample":{}}] """;

    private const string Facts = """
        {"reviewKey":"PIR-2027-0007","frozenAsOf":"2027-05-17T14:00:00Z","hash":"0455ed0d7f7a507a40155b965ae93f30c7444dbc98b607131c9003e31ddcdb6a","facts":{
         "crisisKey":"CR-2027-0007","asOf":"2027-05-17T14:00:00Z","streams":[{"stream":"CR-2027-0007","version":45}],
         "timeIn":[{"stream":"CR-2027-0007","of":"State","value":"Proposed","lasted":"PT3M59S",
          "stretches":[{"from":{"entry":"CR-2027-0007@1","at":"2027-05-15T14:03:01Z"},"to":{"entry":"CR-2027-0007@3","at":"2027-05-15T14:07:00Z"},"lasted":"PT3M59S"}],
          "sources":[{"entry":"CR-2027-0007@1","at":"2027-05-15T14:03:01Z"},{"entry":"CR-2027-0007@3","at":"2027-05-15T14:07:00Z"}]}],
         "timeTo":[{"stream":"CR-2027-0007","milestone":"PartnersAlerted","from":{"entry":"CR-2027-0007@3","at":"2027-05-15T14:07:00Z"},"to":{"entry":"CR-2027-0007@9","at":"2027-05-15T14:14:00Z"},
          "took":"PT7M","sources":[{"entry":"CR-2027-0007@3","at":"2027-05-15T14:07:00Z"},{"entry":"CR-2027-0007@9","at":"2027-05-15T14:14:00Z"}]}],
         "breaches":[{"stream":"ESC-2027-000102","clockId":"FIRST_RESPONSE","kind":"FirstResponse","dueAt":"2027-05-15T18:02:00Z","detectedAt":"2027-05-15T18:02:00Z","metAt":"2027-05-15T18:40:00Z",
          "lateBy":"PT38M","sources":[{"entry":"ESC-2027-000102@4","at":"2027-05-15T18:02:00Z"},{"entry":"ESC-2027-000102@5","at":"2027-05-15T18:40:00Z"}]}]}}
        """;

    private const string OnlyYours = "Only what you may see. Filters narrow together; the next page is in `next` and in the Link header.";

    public static IEnumerable<RouteDescription> Routes { get; } =
    [
        new(HttpMethod.Get, "/v1/reviews", Reviews, "Lists reviews of crises, the newest first", $$"""{"items":[{{Review}}],"next":null}""")
        {
            Description = OnlyYours,
            Takes = ["reviewState", "open", "regionFilter", "q", "asOf", "clock", "cursor", "limit"],
        },
        new(HttpMethod.Get, "/v1/reviews/{key}", Reviews, "Shows a review and what you may do with it now", $"{Review.TrimEnd()[..^1]},{Commands}}}")
        {
            Description = "A review carries the number of its crisis. Members depend on your audience.",
            Takes = ["asOf", "clock", "version"],
            Problems = [401, 404, 422, 503],
        },
        new(HttpMethod.Get, "/v1/reviews/{key}/facts", Reviews, "Computes what the record says of the crisis that is reviewed", Facts)
        {
            Description = "As of the instant at which the timeline is frozen, of another that you name, or of now while it is not frozen. No number is stored or typed: each is computed from the entries in `sources`, and you get those all of whose sources you may read. For the core team `hash` names the facts of the frozen instant in one line; the approval holds the same.",
            Takes = ["asOf"],
            Problems = [401, 404, 422, 503],
        },
        new(HttpMethod.Get, "/v1/recommendations", Recommendations, "Lists recommendations, the newest first", $$"""{"items":[{{Recommendation}}],"next":null}""")
        {
            Description = OnlyYours,
            Takes = ["recommendationState", "open", "regionFilter", "q", "asOf", "clock", "cursor", "limit"],
        },
        new(HttpMethod.Get, "/v1/recommendations/{key}", Recommendations, "Shows a recommendation and what you may do with it now", $"{Recommendation.TrimEnd()[..^1]},{Owned}}}")
        {
            Description = "Members depend on your audience.",
            Takes = ["asOf", "clock", "version"],
            Problems = [401, 404, 422, 503],
        },
    ];
}
