using CrisisOps.Server.Deliveries;

namespace CrisisOps.Server.Reference.Routes;

/// <summary>What was told to whom outside, whether it arrived, and what its receivers do with it.</summary>
public sealed class DeliveryRoutes : IDescribesRoutes
{
    private const string Deliveries = "Deliveries";
    private const string Links = "Links in messages";

    private const string Delivery = """
        {"id":"msg_25d4c4a42b823b38330e8d3837176e2a","incident":"CR-2027-0007","kind":"Alert","about":"crisisops-CR-2027-0007.1","recipient":"PRT-001","endpoint":"EP-1","channel":"Webhook","tlp":"AMBER",
         "state":"Delivered","attempts":1,"subject":"crisisops-CR-2027-0007.1","bodyHash":"4f0e993d4f3fc157675b3a134c9253edb3901b6ff62b3970f0545f9d604d263c","createdAt":"2027-05-15T14:14:00Z",
         "settledAt":"2027-05-15T14:14:01Z"}
        """;

    private const string Attempt = """ "attemptList":[{"n":1,"at":"2027-05-15T14:14:00Z","latencyMs":84,"result":"Delivered","status":"204","size":712,"bodyHash":"4f0e993d4f3fc157675b3a134c9253edb3901b6ff62b3970f0545f9d604d263c"}] """;
    private const string By = """{"by":"duty officer"}""";
    private const string Thanks = """{"done":"Acknowledged. Thank you."}""";

    private static readonly int[] _writing = [400, 401, 403, 404, 413, 415, 422, 503];

    public static IEnumerable<RouteDescription> Routes { get; } =
    [
        new(HttpMethod.Get, "/v1/deliveries", Deliveries, "Lists messages to partners, the newest first", $$"""{"items":[{{Delivery}}],"next":null}""")
        {
            Description = "Of incidents you may see; a partner sees what came to itself. `state=Exhausted` is the list of the dead letters. The text is not shown: it holds the link with which its receiver acknowledges.",
            Takes = ["incident", "recipient", "about", "deliveryState", "deliveryKind", "channel", "cursor", "limit"],
        },
        new(HttpMethod.Get, "/v1/deliveries/{id}", Deliveries, "Shows a message and every attempt to send it", $"{Delivery.TrimEnd()[..^1]},{Attempt}}}") { Problems = [401, 404, 503] },
        new(HttpMethod.Get, "/v1/knowledge/{partner}", Deliveries, "Shows what a partner had been told by an instant", """
            {"items":[{"delivery":"msg_25d4c4a42b823b38330e8d3837176e2a","incident":"CR-2027-0007","kind":"Alert","about":"crisisops-CR-2027-0007.1","channel":"Webhook","tlp":"AMBER",
             "told":"crisisops-CR-2027-0007.1 is Open","deliveredAt":"2027-05-15T14:14:01Z","acknowledgedAt":"2027-05-15T14:19:00Z","acknowledgedBy":"duty officer"}],"next":null}
            """)
        {
            Description = "What arrived, in the order in which it did; an acknowledgement stands here if it had come by then. The first 500.",
            Takes = ["incident", "asOf"],
        },
        new(HttpMethod.Post, "/v1/deliveries/redeliver", Deliveries, "Sends again", """{"again":["msg_25d4c4a42b823b38330e8d3837176e2a"]}""")
        {
            Description = "By partner managers and duty leads: what was given up, by ids or of a recipient since an instant; with `alsoDelivered` also what arrived. The ids of the messages stay the same.",
            Body = (typeof(RedeliverRequest), """{"recipient":"PRT-001","since":"2027-05-15T14:00:00Z"}"""),
            Problems = _writing,
        },
        new(HttpMethod.Post, "/v1/deliveries/{id}/acknowledge", Deliveries, "Acknowledges an alert, as the partner that got it", Thanks)
        {
            Description = "A person or a system says that it has read it and acts on it. The incident records it.",
            Body = (typeof(AcknowledgeRequest), By),
            Problems = _writing,
        },
        new(HttpMethod.Get, "/v1/partners/{key}/endpoints/{endpoint}/secrets", Deliveries, "Shows the secrets that sign for an endpoint", """{"items":[{"generation":1,"secret":"whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw"}]}""")
        {
            Description = "By partner managers. Two while one is rotated, the newest first.",
            Problems = [401, 403, 404, 503],
        },
        new(HttpMethod.Post, "/v1/partners/{key}/endpoints/{endpoint}/test", Deliveries, "Sends a test message", """{"delivery":"msg_25d4c4a42b823b38330e8d3837176e2a"}""")
        {
            Description = "By partner managers, to a verified endpoint. What became of it: `GET /v1/deliveries/{id}`.",
            Problems = [401, 403, 404, 422, 503],
        },
        new(HttpMethod.Get, "/v1/partners/{key}/status", Deliveries, "Shows how the endpoints of a partner do", """
            {"items":[{"endpoint":"EP-1","waiting":2,"oldestWaiting":"2027-05-15T14:14:00Z","lastDelivered":"2027-05-15T14:02:11Z","deadLetters":0,"failuresInARow":3,"leftAloneUntil":"2027-05-15T14:20:00Z"}]}
            """)
        {
            Problems = [401, 404, 503],
        },
        new(HttpMethod.Post, "/v1/links/acknowledge/{token}", Links, "Acknowledges an alert with the link in its message", Thanks)
        {
            Description = "The link is the right: no token is needed. A form or JSON may say in `by` who it is.",
            Body = (typeof(AcknowledgeRequest), By),
            Anonymous = true,
            Problems = [400, 404, 413, 422, 503],
        },
        new(HttpMethod.Post, "/v1/links/confirm/{token}", Links, "Confirms an endpoint with the link that was sent there", """{"done":"Confirmed. Thank you."}""") { Anonymous = true, Problems = [404, 503] },
    ];
}
