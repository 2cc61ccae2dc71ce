namespace CrisisOps.Server.Reference.Routes;

/// <summary>Reading the contacts, and what concerns one address.</summary>
public sealed class ContactRoutes : IDescribesRoutes
{
    private const string Contacts = "Contacts";

    private const string Contact = """
        {"key":"CNT-000001","version":3,"state":"Active","kind":"Person","ref":"spec-04","language":"de-AT","tz":"Europe/Vienna","registeredAt":"2027-03-01T09:00:00Z","tlp":"AMBER"}
        """;

    private const string Addresses = """ "addresses":[{"addressId":"AD-1","channel":"Email","vaultRef":"VLT-6f1d2c3b4a59687766554433221100ff","verified":true,"removed":false}] """;

    private const string Commands = """ "commands":[{"name":"suspend","href":"/v1/contacts/CNT-000001/suspend","needs":["reason"],"sample":{"reason":"Away until the end of the month."}}] """;

    public static IEnumerable<RouteDescription> Routes { get; } =
    [
        new(HttpMethod.Get, "/v1/contacts", Contacts, "Lists contacts, the newest first", $$"""{"items":[{{Contact}}],"next":null}""")
        {
            Description = "Only what you may see: your own, and those you keep. `q` finds one by whom it stands for. Filters narrow together; the next page is in `next` and in the Link header.",
            Takes = ["contactState", "open", "regionFilter", "q", "asOf", "clock", "cursor", "limit"],
        },
        new(HttpMethod.Get, "/v1/contacts/{key}", Contacts, "Shows a contact and what you may do with it now", $"{Contact.TrimEnd()[..^1]},{Addresses.Trim()},{Commands}}}")
        {
            Description = "Where it is reached is not here: an address is shown by its id, its channel and its reference in the vault.",
            Takes = ["asOf", "clock", "version"],
            Problems = [401, 404, 422, 503],
        },
        new(HttpMethod.Get, "/v1/contacts/{key}/addresses", Contacts, "Shows where a contact is reached", """
            {"items":[{"addressId":"AD-1","channel":"Email","address":"me@team.example","verified":true}]}
            """)
        {
            Description = "By whose addresses they are, by partner managers and duty leads. Not to be stored: an address can be erased.",
            Problems = [401, 403, 404, 503],
        },
        new(HttpMethod.Post, "/v1/contacts/{key}/addresses/{address}/test", Contacts, "Sends a test message to an address", """{"delivery":"msg_25d4c4a42b823b38330e8d3837176e2a"}""")
        {
            Description = "By whose address it is and by those who keep the contact, to a verified address. What became of it: `GET /v1/deliveries/{id}`.",
            Problems = [401, 403, 404, 422, 503],
        },
    ];
}
