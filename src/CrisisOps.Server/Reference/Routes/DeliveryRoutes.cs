using CrisisOps.Server.Channels.Cap;
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
            Takes = ["incident", "recipient", "about", "deliveryState", "deliveryKind", "channel", "asOf", "clock", "cursor", "limit"],
        },
        new(HttpMethod.Get, "/v1/deliveries/{id}", Deliveries, "Shows a message and every attempt to send it", $"{Delivery.TrimEnd()[..^1]},{Attempt}}}")
        {
            Takes = ["asOf", "clock"],
            Problems = [401, 404, 422, 503],
        },
        new(HttpMethod.Get, "/v1/knowledge/{who}", Deliveries, "Shows what a partner, a person or an audience had been told by an instant", """
            {"items":[{"delivery":"msg_25d4c4a42b823b38330e8d3837176e2a","incident":"CR-2027-0007","kind":"Alert","about":"crisisops-CR-2027-0007.1","recipient":"PRT-001","audience":"Partner","channel":"Webhook",
             "tlp":"AMBER","told":"crisisops-CR-2027-0007.1 is Open","deliveredAt":"2027-05-15T14:14:01Z","acknowledgedAt":"2027-05-15T14:19:00Z","acknowledgedBy":"duty officer"}],"next":null}
            """)
        {
            Description = "What arrived, in the order in which it did; an acknowledgement stands here if it had come by then. `covers` says what a digest held. For `Public` also what was published, which nobody was sent; for a person also what they opened of what is RED (`kind` is `Read`), if you may read who did. Of incidents you may see; of what came to you yourself all that you may still read.",
            Takes = ["incident", "asOf", "cursor", "limit"],
        },
        new(HttpMethod.Get, "/v1/knowledge/of/{entry}", Deliveries, "Shows who knew what an entry says, and since when", """
            {"items":[{"how":"Wrote","who":"ic-01","since":"2027-05-15T14:14:00Z"},{"how":"Told","who":"PRT-001","since":"2027-05-15T14:14:01Z","audience":"Partner","channel":"Webhook",
             "delivery":"msg_25d4c4a42b823b38330e8d3837176e2a","acknowledgedAt":"2027-05-15T14:19:00Z","acknowledgedBy":"duty officer"}],"next":null}
            """)
        {
            Description = "`Wrote`, `Told` (a message that says it had arrived), `Read` (what is RED, for those who may read the log of that), `Published`. For the core team and the consulted functions of the stream.",
            Takes = ["asOf"],
            Problems = [401, 404, 422, 503],
        },
        new(HttpMethod.Get, "/v1/reads", "Access", "Lists who opened what is RED, the newest first", """
            {"items":[{"at":"2027-05-15T14:16:40Z","reader":"ic-01","roles":["specialist"],"route":"/v1/timelines/{key}","stream":"CR-2027-0007","entries":["CR-2027-0007@8"],"tlp":"RED"}],"next":null}
            """)
        {
            Description = "By duty leads and legal counsel, of streams in whose core team they are and whose RED entries they may read themselves. Without `entries` the stream itself was opened, or stood in a list. Reading this is noted too.",
            Takes = ["stream", "reader", "from", "to", "asOf", "cursor", "limit"],
            Problems = [401, 403, 422, 503],
        },
        new(HttpMethod.Get, "/v1/me/inbox", Deliveries, "Lists what was told to you here, the newest first", """
            {"items":[{"id":"msg_6f1d2c3b4a5968778695a4b3c2d1e0f9","kind":"Alert","incident":"CR-2027-0007","about":"UPD-3","tlp":"AMBER","subject":"CR-2027-0007: update","text":"The video is down.",
             "createdAt":"2027-05-15T14:20:00Z","deliveredAt":"2027-05-15T14:20:00Z","readAt":"2027-05-15T14:21:30Z"}],"next":null}
            """)
        {
            Description = "What you may not read any more is not there. A partner reads `GET /v1/deliveries`. With `asOf` what lay here then; `unread=true` asks for what was unread then.",
            Takes = ["unread", "asOf", "clock", "cursor", "limit"],
            Problems = [401, 403, 422, 503],
        },
        new(HttpMethod.Post, "/v1/me/inbox/{id}/read", Deliveries, "Says that you have read a message of your inbox", """{"id":"msg_6f1d2c3b4a5968778695a4b3c2d1e0f9","readAt":"2027-05-15T14:21:30Z"}""")
        {
            Description = "The first time counts; saying it again changes nothing. It is no acknowledgement.",
            Problems = [401, 403, 404, 503],
        },
        new(HttpMethod.Get, "/v1/partners/{key}/cap", Deliveries, "Lists the CAP messages for a partner, as an Atom feed", """
            <feed xmlns="http://www.w3.org/2005/Atom">
              <id>https://crisisops.example/v1/partners/PRT-001/cap</id>
              <title>Alerts to OpenHash Exchange</title>
              <updated>2027-05-15T14:14:00Z</updated>
              <author><name>CrisisOps</name></author>
              <link rel="self" type="application/atom+xml" href="https://crisisops.example/v1/partners/PRT-001/cap" />
              <entry>
                <id>https://crisisops.example/v1/partners/PRT-001/cap/crisisops-CR-2027-0007.1</id>
                <title>Alert crisisops-CR-2027-0007.1 (TLP:AMBER)</title>
                <updated>2027-05-15T14:14:00Z</updated>
                <link rel="alternate" type="application/cap+xml" href="https://crisisops.example/v1/partners/PRT-001/cap/crisisops-CR-2027-0007.1" />
              </entry>
            </feed>
            """)
        {
            Description = "By the partner itself, and by partner managers and duty leads who may see it. The newest first, at most 100. Send `If-None-Match` with the ETag of the last answer: 304 means that nothing has changed. Reading is no acknowledgement.",
            MediaType = CapFeed.MediaType,
            Takes = ["since", "asOf"],
            Problems = [401, 404, 422, 503],
        },
        new(HttpMethod.Get, "/v1/partners/{key}/cap/{alertId}", Deliveries, "Shows a CAP 1.2 message as it is for a partner", """
            <alert xmlns="urn:oasis:names:tc:emergency:cap:1.2"><identifier>crisisops-CR-2027-0007.1</identifier>…</alert>
            """)
        {
            MediaType = CapFeed.EntryType,
            Takes = ["asOf"],
            Problems = [401, 404, 422, 503],
        },
        new(HttpMethod.Post, "/v1/acknowledgements", Deliveries, "Acknowledges an alert with the code in its message", Thanks)
        {
            Description = "By a gateway for mail or short messages (integration), or by staff whom the partner tells the code on the telephone. Capitals, spaces and the hyphen do not matter, nor O for 0, I or L for 1. After 20 wrong codes in a minute: 429.",
            Body = (typeof(AcknowledgeByCodeRequest), """{"code":"7F3K-9QXM","by":"duty officer"}"""),
            Problems = [400, 401, 403, 404, 413, 415, 422, 429, 503],
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
