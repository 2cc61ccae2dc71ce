using System.Text.Json;
using CrisisOps.Server.Tests.Contacts;
using CrisisOps.Server.Tests.Crises;
using CrisisOps.Server.Tests.Deadlines;
using CrisisOps.Server.Tests.Deliveries;
using CrisisOps.Server.Tests.Harness;
using Shouldly;

namespace CrisisOps.Server.Tests.Telling;

/// <summary>What does not come by the first channel of a subscription goes by the next, once, and the record says instead of what.</summary>
public sealed class NextChannelTests(NextChannelTests.ImpatientServer server) : IClassFixture<NextChannelTests.ImpatientServer>
{
    /// <summary>It gives up after the second attempt.</summary>
    public sealed class ImpatientServer(TestPostgres postgres) : MailServer(postgres)
    {
        protected override NodeOptions Options => base.Options with { Settings = new Dictionary<string, string>(base.Options.Settings) { ["Deliveries:Schedule:0"] = "00:00:05" } };
    }

    [Fact]
    public async Task What_is_given_up_in_the_chat_comes_by_mail_once_and_two_nodes_make_no_difference()
    {
        await server.StartAnotherNode();
        var (reader, path) = await Chatting();
        server.Receiver.Answers(path, 500);
        var (crisis, region) = await Told(reader, "Chat", "Email", "Inbox");

        await server.Receiver.Next(path);
        await Attempted(crisis, reader, 1);
        (await reader.Rest()).ShouldBeEmpty();
        await crisis.Lead.Pass(TimeSpan.FromSeconds(6));
        await server.Receiver.Next(path);

        (await reader.Next()).Subject.ShouldContain("declared");
        var told = await server.Deliveries($"incident={crisis.Key}&recipient={reader.Contact}");
        var (mail, chat) = (told.Single(d => Is(d, "channel", "Email")), told.Single(d => Is(d, "channel", "Chat")));
        chat.GetProperty("state").GetString().ShouldBe("Exhausted");
        chat.TryGetProperty("fallbackOf", out _).ShouldBeFalse();
        mail.GetProperty("fallbackOf").GetString().ShouldBe(chat.GetProperty("id").GetString());
        (await reader.Rest()).ShouldBeEmpty(region);
        server.Receiver.Rest(path).ShouldBeEmpty();
    }

    [Fact]
    public async Task After_the_last_channel_it_lies_in_the_inbox()
    {
        var (reader, path) = await Chatting();
        server.Receiver.Answers(path, 410);

        var (crisis, _) = await Told(reader, "Chat");

        await server.Receiver.Next(path);
        await Eventually.Is(async () => (await reader.Self.Get("/v1/me/inbox")).ShouldBe(200).Text.Contains(crisis.Key, StringComparison.Ordinal), "it lies in the inbox");
        (await reader.Rest()).ShouldBeEmpty();
    }

    [Fact]
    public async Task What_waited_for_an_address_that_is_gone_by_then_goes_by_the_next_channel_too()
    {
        var (reader, path) = await Chatting();
        server.Receiver.Answers(path, 500);
        var (crisis, _) = await Told(reader, "Chat", "Email");
        await server.Receiver.Next(path);
        await Attempted(crisis, reader, 1);
        var address = (await reader.Self.Read(reader.Contact)).GetProperty("addresses").EnumerateArray().Single(a => Is(a, "channel", "Chat")).GetProperty("addressId").GetString();
        await reader.Self.Gives(reader.Contact, "disable-address", new { addressId = address, reason = "the room was closed" });

        await crisis.Lead.Pass(TimeSpan.FromSeconds(6));

        (await reader.Next()).Subject.ShouldContain("declared");
        (await server.Delivery($"incident={crisis.Key}&recipient={reader.Contact}&channel=Chat", "Suppressed")).GetProperty("reason").GetString().ShouldBe("address-disabled");
    }

    [Fact]
    public async Task Who_has_paused_since_gets_nothing_by_another_channel()
    {
        var (reader, path) = await Chatting();
        server.Receiver.Answers(path, 500);
        var (crisis, _) = await Told(reader, "Chat", "Email");
        await server.Receiver.Next(path);
        await Attempted(crisis, reader, 1);
        await reader.Self.Gives(_subscriptions[reader.Contact], "pause", new { reason = "leave" });

        await crisis.Lead.Pass(TimeSpan.FromSeconds(6));

        (await server.Delivery($"incident={crisis.Key}&recipient={reader.Contact}", "Cancelled")).GetProperty("reason").GetString().ShouldBe("subscription-paused");
        (await reader.Rest()).ShouldBeEmpty();
    }

    [Fact]
    public async Task What_a_partner_does_not_get_goes_nowhere_else()
    {
        var (key, name, path) = await server.Reachable();
        server.Receiver.Answers(path, 410);
        var crisis = await server.StandUp();

        await crisis.Liaison.Gives(crisis.Key, "issue-alert", new { recipients = new[] { name }, headline = "Live video of an attack", text = "Match these hashes." });

        await server.Receiver.Next(path);
        await server.Delivery($"recipient={key}&kind=Alert", "Exhausted");
        (await server.Deliveries($"recipient={key}&kind=Alert")).ShouldHaveSingleItem();
    }

    private readonly Dictionary<string, string> _subscriptions = [];

    /// <summary>Somebody who reads mail and a chat room.</summary>
    private async Task<(Reader Reader, string Path)> Chatting()
    {
        var reader = await Reader.Of(server);
        var path = $"/{reader.Contact}";
        await server.Confirmed(reader.Self, reader.Contact, path);
        return (reader, path);
    }

    /// <summary>A crisis of which somebody is told by these channels.</summary>
    private async Task<(CrisisStories.Crisis Crisis, string Region)> Told(Reader reader, params string[] channels)
    {
        var region = StreamCalls.NewRegion();
        _subscriptions[reader.Contact] = await reader.Subscribes(region, channels: channels);
        return (await server.StandUp(region), region);
    }

    private Task Attempted(CrisisStories.Crisis crisis, Reader reader, int attempts) => Eventually.Is(
        async () => (await server.Deliveries($"incident={crisis.Key}&recipient={reader.Contact}")).Single().GetProperty("attempts").GetInt32() == attempts, $"attempt {attempts} is on the record");

    private static bool Is(JsonElement item, string member, string value) => item.GetProperty(member).GetString() == value;
}
