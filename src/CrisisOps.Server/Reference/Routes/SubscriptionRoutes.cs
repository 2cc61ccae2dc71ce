namespace CrisisOps.Server.Reference.Routes;

/// <summary>Reading the subscriptions, and the links in messages with which one is confirmed and ended.</summary>
public sealed class SubscriptionRoutes : IDescribesRoutes
{
    private const string Subscriptions = "Subscriptions";
    private const string Links = "Links in messages";

    private const string Subscription = """
        {"key":"SUB-000001","version":2,"state":"Active","subscriber":"CNT-000001","person":"spec-04","scope":{"streams":["CR"],"minLevel":"Level2","regions":["XN"]},"audience":"CrossFunctional",
         "maxTlp":"AMBER","channels":["Email"],"cadence":"Immediate","tlp":"AMBER","requestedAt":"2027-05-15T14:02:00Z"}
        """;

    private const string Quiet = """ "quietHours":{"tz":"Europe/Vienna","from":"22:00:00","to":"07:00:00","breakThroughSeverity":"SEV1"},"ackRequired":false,"confirmedAt":"2027-05-15T14:02:00Z" """;
    private const string Commands = """ "commands":[{"name":"pause","href":"/v1/subscriptions/SUB-000001/pause","needs":[],"sample":{"until":"2027-05-22T14:02:00Z","reason":"on leave"}}] """;

    public static IEnumerable<RouteDescription> Routes { get; } =
    [
        new(HttpMethod.Get, "/v1/subscriptions", Subscriptions, "Lists subscriptions, the newest first", $$"""{"items":[{{Subscription}}],"next":null}""")
        {
            Description = "Your own, and those of others as far as you may see them; `q` finds those of a contact or a partner by its key. Filters narrow together; the next page is in `next` and in the Link header.",
            Takes = ["subscriptionState", "open", "regionFilter", "q", "asOf", "clock", "cursor", "limit"],
        },
        new(HttpMethod.Get, "/v1/subscriptions/{key}", Subscriptions, "Shows a subscription and what you may do with it now", $"{Subscription.TrimEnd()[..^1]},{Quiet.Trim()},{Commands}}}")
        {
            Description = "Members depend on your audience.",
            Takes = ["asOf", "clock", "version"],
            Problems = [401, 404, 422, 503],
        },
        new(HttpMethod.Post, "/v1/links/subscribe/{token}", Links, "Confirms a subscription with the link in the message that asks", """{"done":"Confirmed. Thank you."}""")
        {
            Description = "The link is the right: no token is needed.",
            Anonymous = true,
            Problems = [404, 503],
        },
        new(HttpMethod.Post, "/v1/links/unsubscribe/{token}", Links, "Ends a subscription with the link in one of its messages", """{"done":"Ended. You get no more of these messages."}""")
        {
            Description = "The link is the right: no token is needed. Mail programs send it when their reader unsubscribes (RFC 8058); the body is not looked at. Sent again, it says the same.",
            Anonymous = true,
            Problems = [404, 503],
        },
    ];
}
