using System.Text.Json;
using CrisisOps.Server.Tests.Deliveries;
using CrisisOps.Server.Tests.Harness;
using Shouldly;
using static CrisisOps.Server.Tests.Scenarios.NorlandRows;

namespace CrisisOps.Server.Tests.Scenarios;

/// <summary>The story with its three partners really there: each with a webhook, VideoHub Alliance with a telephone too.</summary>
public sealed class PartnerStory(TestPostgres postgres) : DeliveryServer(postgres)
{
    public static readonly string[] Names = ["Norland Civic Watch", "OpenHash Exchange", "VideoHub Alliance"];

    /// <summary>Key by name.</summary>
    public Dictionary<string, string> Partners { get; } = [];

    /// <summary>What came to each, in order.</summary>
    public Dictionary<string, List<ReceivedRequest>> Came { get; } = [];

    public override async ValueTask InitializeAsync()
    {
        await base.InitializeAsync();
        foreach (var name in Names)
        {
            var (key, _) = await Partner(name: name);
            await Confirmed(key, $"/{key}");
            Partners[name] = key;
        }

        var (videoHub, manager) = (Partners["VideoHub Alliance"], await Manager());
        await manager.Gives(videoHub, "register-endpoint", new { channel = "Phone", address = "+43 1 2345678" });
        await manager.Gives(videoHub, "verify-endpoint", new { endpointId = "EP-2", how = "called back" });
        await Story.Play(Node.Url, await Story.Norland());
        foreach (var (name, key) in Partners)
        {
            Came[name] = [await Receiver.Next($"/{key}"), await Receiver.Next($"/{key}"), await Receiver.Next($"/{key}")];
        }
    }
}

/// <summary>Assertions 8 and 16 of domain §7, as far as they speak of partners.</summary>
public sealed class NorlandPartnerTests(PartnerStory story) : IClassFixture<PartnerStory>
{
    [Fact]
    public void Each_partner_is_told_three_times_and_nobody_else_is()
    {
        foreach (var name in PartnerStory.Names)
        {
            story.Came[name].Select(c => Message(c).GetProperty("type").GetString()).ShouldBe(
            [
                "org.crisisops.crisis.PartnerAlertIssued.v1", "org.crisisops.crisis.PartnerAlertUpdated.v1", "org.crisisops.crisis.PartnerAlertCancelled.v1",
            ]);
        }

        story.Receiver.ShouldHaveNothingElse();
    }

    [Fact]
    public void What_they_get_is_thin_and_names_no_other_partner()
    {
        foreach (var (name, messages) in story.Came)
        {
            foreach (var message in messages)
            {
                foreach (var word in (string[])["hash-0", "Perpetrator", "vault:", "spec-", .. PartnerStory.Names])
                {
                    message.Text.ShouldNotContain(word);
                }

                message.Headers["webhook-signature"].ShouldStartWith("v1,", customMessage: name);
            }
        }
    }

    [Fact]
    public async Task VideoHub_is_rung_because_it_did_not_acknowledge_and_the_two_others_are_not()
    {
        var calls = await story.Deliveries($"incident={CR7}&channel=Phone");

        var call = calls.ShouldHaveSingleItem();
        call.GetProperty("recipient").GetString().ShouldBe(story.Partners["VideoHub Alliance"]);
        call.GetProperty("createdAt").GetDateTimeOffset().ShouldBeInRange(At("2027-05-15T14:34:00Z"), At("2027-05-15T14:34:05Z"));
        (await story.Database.Scalar<long>("select count(*) from crisis.mt_events where stream_id = $1 and type = 'partner_ack_overdue'", CR7)).ShouldBe(1);
    }

    [Fact]
    public async Task The_crisis_has_the_events_that_it_has_without_partners() =>
        (await story.Database.Scalar<long>("select count(*) from crisis.mt_events where stream_id = $1", CR7)).ShouldBe(47);

    private static DateTimeOffset At(string instant) => DateTimeOffset.Parse(instant, System.Globalization.CultureInfo.InvariantCulture);

    private static JsonElement Message(ReceivedRequest came) => JsonDocument.Parse(came.Body).RootElement;
}
