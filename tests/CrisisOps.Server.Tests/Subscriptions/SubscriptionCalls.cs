using System.Text.Json;
using System.Text.RegularExpressions;
using CrisisOps.Server.Tests.Deliveries;
using CrisisOps.Server.Tests.Harness;
using MimeKit;

namespace CrisisOps.Server.Tests.Subscriptions;

/// <summary>Contacts and subscriptions, as these tests ask for them.</summary>
internal static partial class SubscriptionCalls
{
    private static int _people;

    /// <summary>A specialist whom nobody else is, with a contact.</summary>
    public static async Task<(Api Person, string Id, string Contact)> Somebody(this TestServer server)
    {
        var id = $"spec-{700 + Interlocked.Increment(ref _people)}";
        var person = await server.Staff(id, "specialist");
        return (person, id, (await person.Send(HttpMethod.Post, "/v1/contacts", new { kind = "Person", @ref = id, tz = "Europe/Vienna" })).ShouldBe(201).Key);
    }

    /// <summary>Somebody with an e-mail address that they have confirmed.</summary>
    public static async Task<(Api Person, string Contact, string Address)> SomebodyWithMail(this MailServer server)
    {
        var (person, id, contact) = await server.Somebody();
        var address = $"{id}@crisisops.example";
        await person.Gives(contact, "register-address", new { channel = "Email", address });
        (await server.Follow(Link(await server.Mail(address, 1)))).ShouldBe(200);
        return (person, contact, address);
    }

    public static Task<Answer> Subscribe(this Api api, string subscriber, string audience = "CrossFunctional", object? more = null)
    {
        var body = new Dictionary<string, object?> { ["subscriber"] = subscriber, ["scope"] = new { streams = new[] { "CR" } }, ["audience"] = audience };
        foreach (var member in more is null ? [] : JsonSerializer.SerializeToElement(more).EnumerateObject().ToArray())
        {
            body[member.Name] = member.Value;
        }

        return api.Send(HttpMethod.Post, "/v1/subscriptions", body);
    }

    public static async Task<string> StateOf(this Api api, string key) => (await api.Read(key)).GetProperty("state").GetString()!;

    /// <summary>The so-manieth mail to an address.</summary>
    public static async Task<MimeMessage> Mail(this MailServer server, string address, int number)
    {
        MimeMessage[] came = [];
        await Eventually.Is(() => Task.FromResult((came = [.. server.Smtp.Taken.Where(m => m.To.ToString() == address)]).Length >= number), $"mail {number} has come");
        return came[number - 1];
    }

    /// <summary>The first link in the text of a mail.</summary>
    public static string Link(MimeMessage mail) => Url().Match(mail.TextBody!).Value;

    [GeneratedRegex("http://\\S+/v1/links/\\S+")]
    private static partial Regex Url();
}
