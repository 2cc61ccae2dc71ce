using CrisisOps.Server.Enforcement;

namespace CrisisOps.Server.Reference.Routes;

/// <summary>Orders to the platform's own systems, and what comes back.</summary>
public sealed class EnforcementRoutes : IDescribesRoutes
{
    private const string Enforcement = "Enforcement";

    public static IEnumerable<RouteDescription> Routes { get; } =
    [
        new(HttpMethod.Post, "/v1/enforcement/confirmations", Enforcement, "Says what became of an order, as the platform", """{"order":"msg_25d4c4a42b823b38330e8d3837176e2a","recorded":true}""")
        {
            Description = "No token is needed: the message is signed as Standard Webhooks 1.0.0 with the secret that the operator configured, and at most five minutes old. The same `webhook-id` again gets the first answer. `recorded` is false when the case knew it already, or another decision has taken the place of the one that was ordered.",
            Body = (typeof(EnforcementConfirmation), """
                {"order":"msg_25d4c4a42b823b38330e8d3837176e2a","results":[{"actionId":"DEC-2027-000101-1/1","done":true,"externalRef":"ENF-4711","at":"2027-05-15T14:12:00Z"},
                 {"actionId":"DEC-2027-000101-1/2","done":false,"failure":"account service down"}]}
                """),
            Anonymous = true,
            Problems = [400, 401, 404, 413, 415, 422, 503],
        },
        new(HttpMethod.Get, "/v1/enforcement/status", Enforcement, "Shows whether orders reach the platform", """
            {"configured":true,"host":"enforcement.platform.example","waiting":1,"oldestWaiting":"2027-05-15T14:14:00Z","lastDelivered":"2027-05-15T14:02:11Z","deadLetters":0,"failuresInARow":2,
             "leftAloneUntil":"2027-05-15T14:20:00Z","lastTest":{"delivery":"msg_88d4c4a42b823b38330e8d3837176e2a","state":"Delivered","attempts":1,"status":"204"}}
            """)
        {
            Description = "For duty leads and administrators.",
            Problems = [401, 403, 503],
        },
        new(HttpMethod.Post, "/v1/enforcement/test", Enforcement, "Sends the platform a message to try it", """{"delivery":"msg_88d4c4a42b823b38330e8d3837176e2a"}""")
        {
            Description = "By duty leads and administrators. What became of it stands in `lastTest` of the status.",
            Problems = [401, 403, 422, 503],
        },
    ];
}
