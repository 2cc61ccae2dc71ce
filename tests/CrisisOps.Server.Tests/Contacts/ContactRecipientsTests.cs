using System.Text;
using System.Text.Json;
using CrisisOps.Domain.Crises;
using CrisisOps.Domain.Shared;
using CrisisOps.Server.Deliveries;
using CrisisOps.Server.Tests.Crises;
using CrisisOps.Server.Tests.Deliveries;
using CrisisOps.Server.Tests.Harness;
using Microsoft.Extensions.DependencyInjection;
using Shouldly;

namespace CrisisOps.Server.Tests.Contacts;

/// <summary>What a contact is sent is what it may read when the message goes, at an address that was confirmed.</summary>
public sealed class ContactRecipientsTests(DeliveryServer server) : IClassFixture<DeliveryServer>
{
    [Fact]
    public async Task Who_may_read_it_gets_it_where_they_have_confirmed_to_be()
    {
        var crisis = await server.StandUp();
        var (_, key, room) = await Reachable();

        var id = await Tell(key, crisis.Key, Tlp.AMBER, Audience.CrossFunctional);

        (await server.Receiver.Next(room)).Text.ShouldContain("What happened.");
        (await Became(id, "Delivered")).TryGetProperty("reason", out _).ShouldBeFalse();
    }

    [Theory]
    [InlineData("suspend", "not-active")]
    [InlineData("remove", "not-active")]
    [InlineData("disable-address", "address-disabled")]
    [InlineData("remove-address", "no-address")]
    public async Task What_was_told_to_us_meanwhile_counts(string command, string why)
    {
        var crisis = await server.StandUp();
        var (self, key, _) = await Reachable();
        await self.Gives(key, command, command switch
        {
            "disable-address" => new { addressId = "AD-1", reason = "lost" },
            "remove-address" => new { addressId = "AD-1" },
            _ => new { reason = "away" },
        });

        (await Became(await Tell(key, crisis.Key, Tlp.AMBER, Audience.CrossFunctional), "Suppressed")).GetProperty("reason").GetString().ShouldBe(why);
    }

    [Fact]
    public async Task Nothing_goes_where_nobody_has_confirmed_to_be()
    {
        var crisis = await server.StandUp();
        var (self, _, key) = await server.Colleague();
        await self.Gives(key, "register-address", new { channel = "Phone", address = "+43 1 5550100" });
        await self.Gives(key, "register-address", new { channel = "Chat", address = server.Receiver.Url($"/{key}") });
        await server.Receiver.Next($"/{key}"); // the confirmation that nobody follows

        (await Became(await Tell(key, crisis.Key, Tlp.AMBER, Audience.CrossFunctional, "AD-2"), "Suppressed")).GetProperty("reason").GetString().ShouldBe("address-unverified");
        (await Became(await Tell(key, crisis.Key, Tlp.AMBER, Audience.CrossFunctional, "AD-9"), "Suppressed")).GetProperty("reason").GetString().ShouldBe("no-address");
        (await Became(await Tell("CNT-999999", crisis.Key, Tlp.AMBER, Audience.CrossFunctional), "Suppressed")).GetProperty("reason").GetString().ShouldBe("unknown-contact");
    }

    [Theory]
    [InlineData("specialist", "*", "GREEN", Tlp.AMBER, Audience.CrossFunctional, "clearance")]
    [InlineData("specialist", "XZ", "RED", Tlp.AMBER, Audience.CrossFunctional, "not-cleared")]
    [InlineData("specialist", "*", "RED", Tlp.AMBER, Audience.Core, "not-cleared")]
    [InlineData("specialist", "*", "RED", Tlp.RED, Audience.CrossFunctional, "not-cleared")]
    [InlineData("executive", "*", "RED", Tlp.AMBER, Audience.CrossFunctional, "not-cleared")]
    [InlineData("executive", "*", "RED", Tlp.AMBER, Audience.Executive, null)]
    [InlineData("executive", "*", "RED", Tlp.CLEAR, Audience.Public, null)]
    [InlineData("duty-lead", "*", "RED", Tlp.AMBER, Audience.Executive, null)]
    [InlineData("duty-lead", "*", "RED", Tlp.RED, Audience.Core, "not-cleared")]
    [InlineData("admin", "*", "RED", Tlp.CLEAR, Audience.Public, null)]
    [InlineData("admin", "*", "RED", Tlp.GREEN, Audience.Public, "not-cleared")]
    public async Task Nobody_is_told_as_more_than_they_read_as(string role, string region, string clearance, Tlp tlp, Audience audience, string? why)
    {
        var crisis = await server.StandUp();
        var (self, key, room) = await Reachable();
        var person = (await self.Read(key)).GetProperty("ref").GetString()!;
        await server.Known(person, [role], [region], clearance);

        var id = await Tell(key, crisis.Key, tlp, audience);

        if (why is null)
        {
            await server.Receiver.Next(room);
        }

        var became = await Became(id, why is null ? "Delivered" : "Suppressed");
        (became.TryGetProperty("reason", out var reason) ? reason.GetString() : null).ShouldBe(why);
    }

    [Fact]
    public async Task Of_whom_the_directory_knows_nothing_may_be_told_nothing_about_an_incident()
    {
        var crisis = await server.StandUp();
        var id = ContactStories.NewPerson();
        var self = await server.As(id, clearance: "RED");
        var key = (await self.Register(id)).ShouldBe(201).Key;
        await server.Confirmed(self, key, $"/{key}");

        (await Became(await Tell(key, crisis.Key, Tlp.CLEAR, Audience.Public), "Suppressed")).GetProperty("reason").GetString().ShouldBe("not-cleared");
        (await Became(await Tell(key, crisis.Key, Tlp.GREEN, null), "Suppressed")).GetProperty("reason").GetString().ShouldBe("clearance");
        (await Became(await Tell(key, "CR-2027-9999", Tlp.CLEAR, Audience.Public), "Suppressed")).GetProperty("reason").GetString().ShouldBe("not-cleared");
    }

    [Fact]
    public async Task A_team_is_told_by_its_standing_and_a_requester_no_incident()
    {
        var crisis = await server.StandUp();
        var lead = await server.Staff("lead-01", "duty-lead");
        var team = (await lead.Register($"desk {ContactStories.NewPerson()}", "Team", new { roles = new[] { "specialist" }, regions = new[] { crisis.Region }, clearance = "AMBER" })).ShouldBe(201).Key;
        var far = (await lead.Register($"desk {ContactStories.NewPerson()}", "Team", new { roles = new[] { "specialist" }, regions = new[] { "XZ" }, clearance = "AMBER" })).ShouldBe(201).Key;
        var requester = (await lead.Register($"CNT-{Guid.NewGuid()}", "Requester")).ShouldBe(201).Key;
        foreach (var key in new[] { team, far, requester })
        {
            await server.Confirmed(lead, key, $"/{key}");
        }

        await Became(await Tell(team, crisis.Key, Tlp.AMBER, Audience.CrossFunctional), "Delivered");
        await server.Receiver.Next($"/{team}");
        (await Became(await Tell(far, crisis.Key, Tlp.AMBER, Audience.CrossFunctional), "Suppressed")).GetProperty("reason").GetString().ShouldBe("not-cleared");
        (await Became(await Tell(requester, crisis.Key, Tlp.CLEAR, Audience.Public), "Suppressed")).GetProperty("reason").GetString().ShouldBe("not-cleared");
        (await Became(await Tell(requester, crisis.Key, Tlp.AmberStrict, null), "Suppressed")).GetProperty("reason").GetString().ShouldBe("clearance");
        await Became(await Tell(requester, crisis.Key, Tlp.AMBER, null), "Delivered");
        await server.Receiver.Next($"/{requester}");
        server.Receiver.ShouldHaveNothingElse();
    }

    [Fact]
    public async Task That_it_is_over_is_told_also_to_who_may_not_read_it_any_more()
    {
        var crisis = await server.StandUp();
        var (self, key, room) = await Reachable();
        await server.Known((await self.Read(key)).GetProperty("ref").GetString()!, ["specialist"], ["XZ"], "RED");

        await Became(await Tell(key, crisis.Key, Tlp.CLEAR, null, kind: DeliveryKind.AllClear), "Delivered");

        await server.Receiver.Next(room);
    }

    /// <summary>A colleague with everything a specialist may have, and a confirmed room AD-1.</summary>
    private async Task<(Api Self, string Key, string Room)> Reachable()
    {
        var (self, _, key) = await server.Colleague();
        await server.Confirmed(self, key, $"/{key}");
        return (self, key, $"/{key}");
    }

    /// <summary>A message as a rule plans it; gives its id.</summary>
    private async Task<string> Tell(string contact, string incident, Tlp tlp, Audience? audience, string endpoint = "AD-1", DeliveryKind kind = DeliveryKind.Alert)
    {
        var id = DeliveryRows.IdOf(Guid.NewGuid().ToString(), kind, contact, endpoint);
        var message = new RenderedMessage("News", "text/plain", Encoding.UTF8.GetBytes("What happened."));
        await server.Node.Services.GetRequiredService<DeliveryRows>().Add(
            [new PlannedDelivery(id, incident, kind, "about", contact, endpoint, Channel.Chat, tlp, false, message) { Audience = audience }], TestContext.Current.CancellationToken);
        return id;
    }

    private async Task<JsonElement> Became(string id, string state)
    {
        await Eventually.Is(async () => await server.Database.Scalar<string>("select state from crisis.deliveries where id = $1", id) != "Queued", $"{id} is settled");
        var row = await server.Database.Scalar<string>("select jsonb_strip_nulls(jsonb_build_object('state', state, 'reason', reason))::text from crisis.deliveries where id = $1", id);
        var became = JsonDocument.Parse(row).RootElement;
        became.GetProperty("state").GetString().ShouldBe(state, row);
        return became;
    }
}
