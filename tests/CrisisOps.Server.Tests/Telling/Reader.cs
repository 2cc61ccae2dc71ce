using CrisisOps.Server.Tests.Deliveries;
using CrisisOps.Server.Tests.Harness;

namespace CrisisOps.Server.Tests.Telling;

/// <summary>Somebody who reads mail: a contact whom the directory knows, with a confirmed address.</summary>
public sealed class Reader
{
    private static int _readers;
    private readonly MailServer _server;
    private int _read;

    private Reader(MailServer server, string id, string contact, Api self) => (_server, Id, Contact, Self) = (server, id, contact, self);

    public string Id { get; }

    /// <summary>Key of the contact.</summary>
    public string Contact { get; }

    public Api Self { get; }

    public string Address => $"{Id}@staff.example";

    public static string NewId() => $"reader-{Interlocked.Increment(ref _readers)}";

    public static async Task<Reader> Of(
        MailServer server, string role = "specialist", string[]? regions = null, string clearance = "RED", string[]? functions = null, string? tz = null, string? language = null, string? id = null)
    {
        id ??= NewId();
        await Known(server, id, role, regions, clearance, functions);
        var self = await server.As(id, [role], regions ?? ["*"], clearance);
        var contact = (await self.Send(HttpMethod.Post, "/v1/contacts", new { kind = "Person", @ref = id, tz, language })).ShouldBe(201).Key;
        var reader = new Reader(server, id, contact, self);
        await self.Gives(contact, "register-address", new { channel = "Email", address = reader.Address });
        (await server.Follow((await reader.Next()).Link())).ShouldBe(200);
        return reader;
    }

    public static async Task Known(TestServer server, string id, string role, string[]? regions = null, string clearance = "RED", string[]? functions = null) =>
        (await (await server.As("admin-01", roles: ["admin"])).Put($"/v1/directory/people/{id}", new { roles = new[] { role }, regions = regions ?? ["*"], clearance, functions })).ShouldBe(200);

    /// <summary>Subscribes for themselves; gives the key.</summary>
    public async Task<string> Subscribes(string region, string audience = "CrossFunctional", string? cadence = null, object? quietHours = null, string maxTlp = "AMBER+STRICT", bool ackRequired = false, string[]? streams = null, string[]? channels = null) =>
        (await Self.Send(HttpMethod.Post, "/v1/subscriptions", new
        {
            subscriber = Contact,
            scope = new { streams = streams ?? ["CR"], regions = new[] { region } },
            audience,
            cadence,
            quietHours,
            maxTlp = audience == "Public" ? "CLEAR" : maxTlp,
            channels = channels ?? ["Email"],
            ackRequired,
        })).ShouldBe(201).Key;

    /// <summary>The next mail that was not looked at yet.</summary>
    public Task<Letter> Next() => _server.Letter(Address, ++_read);

    /// <summary>What came and was not looked at, once everything that is due has gone out.</summary>
    public async Task<IReadOnlyList<Letter>> Rest()
    {
        await _server.Database.RulesHeard();
        await Eventually.Is(async () => await _server.Database.Scalar<long>("select count(*) from crisis.deliveries where recipient = $1 and state = 'Queued' and next_at <= now()", Contact) == 0, "nothing waits");
        return [.. _server.Letters(Address).Skip(_read)];
    }
}
