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
