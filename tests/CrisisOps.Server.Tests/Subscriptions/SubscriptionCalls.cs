using System.Text.Json;
using CrisisOps.Server.Tests.Contacts;
using CrisisOps.Server.Tests.Deliveries;
using CrisisOps.Server.Tests.Harness;
using MimeKit;

namespace CrisisOps.Server.Tests.Subscriptions;

/// <summary>Subscriptions, as these tests ask for them.</summary>
internal static class SubscriptionCalls
{
    /// <summary>A colleague with an e-mail address that they have confirmed.</summary>
    public static async Task<(Api Person, string Contact, string Address)> ColleagueWithMail(this MailServer server)
    {
        var (person, id, contact) = await server.Colleague();
        var address = $"{id}@crisisops.example";
        await person.Gives(contact, "register-address", new { channel = "Email", address });
        (await server.Follow(Link(await server.Smtp.Mail(address, 1)))).ShouldBe(200);
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

    /// <summary>The first link in the text of a mail.</summary>
    public static string Link(MimeMessage mail) => ContactStories.Link(mail.TextBody!);
}
