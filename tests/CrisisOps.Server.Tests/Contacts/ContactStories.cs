using System.Text.Json;
using System.Text.RegularExpressions;
using CrisisOps.Server.Tests.Deliveries;
using CrisisOps.Server.Tests.Harness;

namespace CrisisOps.Server.Tests.Contacts;

/// <summary>How contacts come to where a test begins.</summary>
internal static partial class ContactStories
{
    private static int _people;

    /// <summary>The id of a colleague of whom no other test of this run has heard.</summary>
    public static string NewPerson() => $"colleague-{Interlocked.Increment(ref _people)}";

    public static Task<Answer> Register(this Api api, string reference, string kind = "Person", object? standing = null) =>
        api.Send(HttpMethod.Post, "/v1/contacts", new { kind, @ref = reference, standing });

    /// <summary>A colleague whom the directory knows, with a contact of their own.</summary>
    public static async Task<(Api Self, string Id, string Key)> Colleague(this TestServer server, string[]? roles = null, string[]? regions = null, string clearance = "RED")
    {
        var id = NewPerson();
        await server.Known(id, roles ?? ["specialist"], regions ?? ["*"], clearance);
        var self = await server.As(id, roles, regions, clearance);
        return (self, id, (await self.Register(id)).ShouldBe(201).Key);
    }

    /// <summary>Says to the directory what somebody may read.</summary>
    public static async Task Known(this TestServer server, string id, string[] roles, string[] regions, string clearance) =>
        (await (await server.As("admin-01", roles: ["admin"])).Put($"/v1/directory/people/{id}", new { roles, regions, clearance })).ShouldBe(200);

    /// <summary>Registers an address of a chat at the receiver and confirms it by the link that came there; gives its id.</summary>
    public static async Task<string> Confirmed(this DeliveryServer server, Api api, string key, string path)
    {
        var id = (await api.Gives(key, "register-address", new { channel = "Chat", address = server.Receiver.Url(path) })).AddressId();
        (await server.Follow(Link(JsonDocument.Parse((await server.Receiver.Next(path)).Body).RootElement.GetProperty("text").GetString()!))).ShouldBe(200);
        return id;
    }

    public static string AddressId(this Answer registered) => registered.Json.GetProperty("events")[0].GetProperty("addressId").GetString()!;

    /// <summary>One address as the contact shows it.</summary>
    public static async Task<JsonElement> Address(this Api api, string key, int place = 0) => (await api.Read(key)).GetProperty("addresses")[place];

    public static string Link(string text) => Url().Match(text).Value;

    [GeneratedRegex("http://\\S+/v1/links/[^\\s\"]+")]
    private static partial Regex Url();
}
