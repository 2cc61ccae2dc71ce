using System.Text;
using System.Text.RegularExpressions;
using CrisisOps.Domain.Shared;
using CrisisOps.Server.Tests.Crises;
using CrisisOps.Server.Tests.Deliveries;
using CrisisOps.Server.Tests.Harness;
using Shouldly;

namespace CrisisOps.Server.Tests.Access;

/// <summary>On every channel, an alert above the clearance of a partner leaves no byte of its text on the wire to that partner.</summary>
public sealed partial class EveryChannelTests(MailServer server) : IClassFixture<MailServer>
{
    private static readonly Tlp[] _told = [Tlp.CLEAR, Tlp.GREEN, Tlp.AMBER];

    [Theory]
    [InlineData("thin", "CLEAR")]
    [InlineData("thin", "GREEN")]
    [InlineData("thin", "AMBER")]
    [InlineData("full", "CLEAR")]
    [InlineData("full", "GREEN")]
    [InlineData("full", "AMBER")]
    [InlineData("Cap", "CLEAR")]
    [InlineData("Cap", "GREEN")]
    [InlineData("Cap", "AMBER")]
    [InlineData("Chat", "GREEN")]
    [InlineData("Chat", "AMBER")]
    [InlineData("Email", "GREEN")]
    [InlineData("Email", "AMBER")]
    public async Task Only_what_the_partner_is_cleared_for_is_sent(string channel, string clearance)
    {
        var (key, name) = await server.Partner("GREEN");
        var read = await Open(key, channel);
        if (clearance != "GREEN")
        {
            await (await server.As("lead-01", roles: ["duty-lead"], clearance: "RED")).Gives(key, "change-clearance", new { clearance, reason = "agreement" });
        }

        var cleared = _told.Single(t => TlpNames.Of(t) == clearance);
        var crisis = await server.StandUp();
        foreach (var tlp in _told)
        {
            await crisis.Liaison.Gives(crisis.Key, "issue-alert", new { recipients = new[] { name }, headline = Word("headline", channel, tlp), text = Word("text", channel, tlp), tlp = TlpNames.Of(tlp) });
        }

        await Eventually.Is(async () => (await server.Deliveries($"incident={crisis.Key}&kind=Alert")).Count(d => d.GetProperty("state").GetString() is "Delivered" or "Suppressed") == _told.Length, "all is settled");

        var wire = await read(_told.Count(t => t <= cleared));
        foreach (var tlp in _told)
        {
            var arrives = tlp <= cleared && channel != "thin";
            wire.Contains(Word("text", channel, tlp), StringComparison.OrdinalIgnoreCase).ShouldBe(arrives, $"text of {tlp}");
            wire.Contains(Word("headline", channel, tlp), StringComparison.OrdinalIgnoreCase).ShouldBe(arrives, $"headline of {tlp}");
            server.Log.All.ShouldAllBe(line => !line.Contains(Word("text", channel, tlp), StringComparison.OrdinalIgnoreCase) && !line.Contains(Word("headline", channel, tlp), StringComparison.OrdinalIgnoreCase));
        }
    }

    [GeneratedRegex("http://[^\"\\s]+/v1/links/confirm/[A-Za-z0-9_-]+")]
    private static partial Regex Link();

    private static string Word(string what, string channel, Tlp tlp) => $"w{what}{channel}{tlp}q".ToLowerInvariant();

    /// <summary>Registers and verifies an endpoint; gives a reader of so many messages that came there, headers and bodies.</summary>
    private async Task<Func<int, Task<string>>> Open(string key, string channel)
    {
        var manager = await server.Manager();
        if (channel == "Email")
        {
            var address = $"channels-{key.ToLowerInvariant()}@partner.example";
            await manager.Gives(key, "register-endpoint", new { channel, address });
            (await server.Follow((await server.Letter(address, 1)).Link())).ShouldBe(200);
            return _ => Task.FromResult(string.Join('\n', server.Smtp.Mails(address).Select(m =>
            {
                using var bytes = new MemoryStream();
                m.WriteTo(bytes, TestContext.Current.CancellationToken);
                return $"{Encoding.UTF8.GetString(bytes.ToArray())}\n{m.Subject}\n{m.TextBody}";
            })));
        }

        var path = $"/channels/{key}";
        object registration = channel == "Chat"
            ? new { channel, address = server.Receiver.Url(path) }
            : new { channel = "Webhook", address = server.Receiver.Url(path), format = channel == "Cap" ? "Cap" : "CloudEvents", full = channel == "full" };
        await manager.Gives(key, "register-endpoint", registration);
        (await server.Follow(Link().Match((await server.Receiver.Next(path)).Text).Value)).ShouldBe(200);
        return async messages =>
        {
            StringBuilder wire = new();
            for (var i = 0; i < messages; i++)
            {
                var came = await server.Receiver.Next(path);
                wire.AppendJoin('\n', came.Headers.Select(h => $"{h.Key}: {h.Value}")).Append('\n').Append(came.Text).Append('\n');
            }

            server.Receiver.ShouldHaveNothingElse();
            return wire.ToString();
        };
    }
}
