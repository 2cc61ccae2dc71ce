using CrisisOps.Domain.Intake;
using CrisisOps.Server.Intake;

namespace CrisisOps.Server.Reference.Routes;

/// <summary>Where alerts come in, what became of them, and the rules by which they become escalations.</summary>
public sealed class IntakeRoutes : IDescribesRoutes
{
    private const string Intake = "Intake";
    private const string Json = "application/json";
    private const string Receipt = """{"receipt":"6b0f3c52-8a1d-4d0e-9c1b-1f7a5a0c9e21"}""";
    private const string ByKey = "With the key of a source in the place of a token: `Authorization: Bearer <key>`, as the password of `Basic`, or `X-API-Key`; or signed, with `?source=SRC-001`. ";
    private const string Again = " After a lost answer, a 429 or a 503 send the same again: nothing counts twice.";

    private const string OwnAlert = """
        {"externalRef":"ncw-8","title":"Live video of an attack at a polling station","dedupKey":"station-12","severity":"critical","policyArea":"ViolenceAndIncitement","surface":"Live",
         "regions":["XN"],"content":[{"itemId":"vid-77","itemType":"video"}],"threatToLife":true,"occurredAt":"2027-05-15T13:52:00Z"}
        """;

    private const string OwnLines = """
        {"externalRef":"ncw-9","title":"Re-upload of the video","content":["vid-81"]}
        {"externalRef":"ncw-10","title":"Re-upload of the video","content":["vid-82"]}
        """;

    private const string CloudEvent = """
        {"specversion":"1.0","id":"ncw-8","source":"/ncw","type":"org.ncw.alert.v1","time":"2027-05-15T13:52:00Z","subject":"station-12",
         "data":{"title":"Live video of an attack at a polling station","severity":"critical","regions":["XN"],"content":["vid-77"],"threatToLife":true}}
        """;

    private const string CapMessage = """
        <alert xmlns="urn:oasis:names:tc:emergency:cap:1.2">
          <identifier>ncw-8</identifier><sender>alerts@ncw.example</sender><sent>2027-05-15T13:55:00-00:00</sent><status>Actual</status><msgType>Alert</msgType><scope>Public</scope>
          <info>
            <category>Security</category><event>Attack</event><urgency>Immediate</urgency><severity>Extreme</severity><certainty>Observed</certainty>
            <headline>Live video of an attack at a polling station</headline>
            <area><areaDesc>Norland</areaDesc><geocode><valueName>ISO3166-1</valueName><value>XN</value></geocode></area>
          </info>
        </alert>
        """;

    private const string PagerDutyEvent = """
        {"routing_key":"abcdefghijklmnopqrstuvwxyz012345","event_action":"trigger","dedup_key":"station-12",
         "payload":{"summary":"Live video of an attack at a polling station","source":"monitor-1","severity":"critical","custom_details":{"region":"XN","content_id":"vid-77"}}}
        """;

    private const string Webhook = """
        {"version":"4","status":"firing","receiver":"crisisops","alerts":[
          {"status":"firing","labels":{"alertname":"ReportSurge","severity":"critical","region":"XN"},"annotations":{"summary":"Reports from Norland rise"},
           "startsAt":"2027-05-15T13:52:00Z","endsAt":"0001-01-01T00:00:00Z","generatorURL":"http://prometheus.example/graph","fingerprint":"c1f2a3"}]}
        """;

    private const string Callback = """{"item":{"id":"vid-77","typeId":"video"},"action":{"id":"escalate-to-crisis"},"policies":[{"id":"p1","name":"Violence and incitement","penalty":"SEVERE"}],"custom":{"region":"XN"}}""";

    private const string Stored = """
        {"items":[{"receipt":"6b0f3c52-8a1d-4d0e-9c1b-1f7a5a0c9e21","source":"SRC-001","keyId":"KEY-1","format":"Alerts","receivedAt":"2027-05-15T13:55:10Z","severity":"SEV3","policyArea":"Spam",
         "regions":["XN"],"exercise":false,"escalation":
        """;

    private const string Hash = """ "hash":"4f0e993d4f3fc157675b3a134c9253edb3901b6ff62b3970f0545f9d604d263c","alert":{"format":"Alerts","externalRef":"ncw-8","title":"Re-upload of the video","action":"Trigger"}}],"next":null}""";

    private const string Rules = """
        {"rules":[{"name":"OpenHash matches","sources":["SRC-001"],"severities":{"amber":"SEV3","red":"SEV1"},"otherwise":"SEV3","floor":"SEV3","policyArea":"DangerousOrgsAndIndividuals"},
                  {"name":"spam from anywhere","policyAreas":["Spam"],"floor":"SEV2","contentWindow":"PT2H","raisesSeverity":false}]}
        """;

    public static IEnumerable<RouteDescription> Routes { get; } =
    [
        Alerts("/v1/alerts", "Takes one alert in our own format, or up to 10,000 in one request", Receipt, (Json, OwnAlert), ("application/x-ndjson", OwnLines)) with
        {
            Description = ByKey + "202 when it is kept durably; the receipt is all that is told. As `application/x-ndjson`, the answer has a line for each with its receipt or what is wrong with it." + Again,
        },
        Alerts("/v1/alerts/cloudevents", "Takes CloudEvents 1.0: structured, in a batch, or with the attributes in headers", Receipt,
            ("application/cloudevents+json", CloudEvent), ("application/cloudevents-batch+json", $"[{CloudEvent}]")) with
        {
            Description = ByKey + "The `id` is the reference of the alert, the data has the members of our own format. A batch is answered by a line for each." + Again,
        },
        Alerts("/v1/alerts/cap", "Takes a message of CAP 1.2", Receipt, ("application/cap+xml", CapMessage)) with { Description = ByKey + "The `identifier` is the reference of the alert." + Again },
        Alerts("/v1/alerts/alertmanager", "Takes the webhook of Prometheus Alertmanager, version 4", """{"kept":1,"refused":0}""", (Json, Webhook)) with
        {
            Description = ByKey + "Each of its alerts is one. A notification that is repeated counts nothing.",
            Status = StatusCodes.Status200OK,
        },
        Alerts("/v1/alerts/coop", "Takes the callback of Coop when one of its actions is taken", Receipt, (Json, Callback)) with
        {
            Description = ByKey + "Where a key of Coop is known, `Coop-Signature` has to hold.",
        },
        Alerts("/v2/enqueue", "Takes an event as PagerDuty's Events API v2 does", """{"status":"success","message":"Event processed","dedup_key":"station-12"}""", (Json, PagerDutyEvent)) with
        {
            Description = "The `routing_key` is the key of the source. Errors are answered as PagerDuty answers them: 400 `invalid event`, 429 `throttle exceeded`.",
            Problems = [400, 413, 415, 429, 503],
        },
        new(HttpMethod.Get, "/v1/receipts/{receipt}", Intake, "Shows its sender that an alert is kept",
            """{"receipt":"6b0f3c52-8a1d-4d0e-9c1b-1f7a5a0c9e21","externalRef":"ncw-8","format":"Alerts","receivedAt":"2027-05-15T13:55:10Z","hash":"4f0e993d4f3fc157675b3a134c9253edb3901b6ff62b3970f0545f9d604d263c","marks":[]}""")
        {
            Description = "With the key of the source in the place of a token. `marks` says what had to be cut, clamped or left out. What became of it is not told.",
            Problems = [401, 404, 503],
        },
        new(HttpMethod.Post, "/v1/heartbeat", Intake, "Says that a source is there", "")
        {
            Description = "With the key of the source in the place of a token. Every alert says so too.",
            Status = StatusCodes.Status204NoContent,
            Problems = [401, 403, 503],
        },
        new(HttpMethod.Get, "/v1/heartbeat", Intake, "Says that a source is there, for what can only fetch an address", "")
        {
            Description = "As POST.",
            Status = StatusCodes.Status204NoContent,
            Problems = [401, 403, 503],
        },
        new(HttpMethod.Get, "/v1/escalations/{key}/alerts", Intake, "Lists the alerts behind an escalation, the newest first",
            $$"""{{Stored}}"ESC-2027-000101","reason":"ContentId","matched":"vid-77","rule":"everything else","why":"It was folded in: this escalation was open and about the same content, 'vid-77'.",{{Hash}}""")
        {
            Description = "For Core. Each with the rule that read it, why it belongs here, and the SHA-256 of the bytes in which it came. With `asOf` those that belonged here then; by `clock=occurred` one counts from when its source says that it happened.",
            Takes = ["asOf", "clock", "cursor", "limit"],
            Problems = [401, 404, 422, 503],
        },
        new(HttpMethod.Get, "/v1/alerts/kept", Intake, "Lists alerts that raised nothing, the newest first",
            $$"""{{Stored}}null,"reason":"BelowFloor","rule":"spam from anywhere","why":"It is kept and raised nothing: less severe than the floor of the rule 'spam from anywhere', and nothing open has its keys.",{{Hash}}""")
        {
            Description = "For specialists and duty leads, of their regions and up to their clearance. With `asOf` those that were kept then, each with the reason of then, whatever became of it since.",
            Takes = ["alertSource", "keptReason", "asOf", "clock", "cursor", "limit"],
            Problems = [401, 403, 422, 503],
        },
        new(HttpMethod.Get, "/v1/intake/rules", Intake, "Shows the rules by which alerts become escalations", $$"""{"version":4,"by":"lead-01","at":"2027-05-15T13:00:00Z",{{Rules.Trim()[1..]}}""")
        {
            Description = "For the team. `version` is 0 while nobody has written any: then every alert raises an escalation or folds into one.",
            Problems = [401, 403, 503],
        },
        new(HttpMethod.Put, "/v1/intake/rules", Intake, "Writes the rules by which alerts become escalations, all of them", $$"""{"version":4,"by":"lead-01","at":"2027-05-15T13:00:00Z",{{Rules.Trim()[1..]}}""")
        {
            Description = "For admins and duty leads. The first rule that matches counts. A new version is in force within a second; the old ones stay for whoever asks why.",
            Body = (typeof(IntakeRules), Rules),
            Problems = [400, 401, 403, 413, 415, 422, 503],
        },
        new(HttpMethod.Post, "/v1/intake/rules/dry-run", Intake, "Tries rules over alerts of the past, and writes nothing", """
            {"alerts":412,"more":false,"raised":38,"wouldRaise":21,"otherSeverity":96,"byRule":{"OpenHash matches":96,"everything else":316},
             "examples":[{"receipt":"6b0f3c52-8a1d-4d0e-9c1b-1f7a5a0c9e21","source":"SRC-001","title":"Re-upload of the video","ruleThen":"everything else","ruleNow":"OpenHash matches",
                          "severityThen":"SEV2","severityNow":"SEV3","keptThen":false,"keptNow":true}]}
            """)
        {
            Description = "For admins and duty leads. Over the last day, or `from` and `to`; the newest 100,000 alerts. A title above your clearance is left out.",
            Body = (typeof(TrialRequest), $$"""{"source":"SRC-001",{{Rules.Trim()[1..]}}"""),
            Problems = [400, 401, 403, 413, 415, 422, 503],
        },
    ];

    private static RouteDescription Alerts(string path, string summary, string answer, params (string MediaType, string Example)[] bodies) => new(HttpMethod.Post, path, Intake, summary, answer)
    {
        Bodies = bodies,
        Status = StatusCodes.Status202Accepted,
        Problems = [400, 401, 403, 413, 415, 422, 429, 503],
    };
}
