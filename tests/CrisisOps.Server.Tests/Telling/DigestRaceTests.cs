using System.Globalization;
using CrisisOps.Server.Tests.Crises;
using CrisisOps.Server.Tests.Deadlines;
using CrisisOps.Server.Tests.Deliveries;
using CrisisOps.Server.Tests.Harness;
using Shouldly;

namespace CrisisOps.Server.Tests.Telling;

/// <summary>What is posted or corrected while digests are being written, by two nodes, comes to each reader once.</summary>
public sealed class DigestRaceTests(MailServer server) : IClassFixture<MailServer>
{
    private const int Readers = 12;
    private const int Rounds = 6;
    private const int Crowd = 8;
    private const int Meanwhile = 5;

    [Fact]
    public async Task Each_update_is_in_one_message_to_each_reader_and_no_wrong_text_comes_after_its_correction()
    {
        await server.StartAnotherNode();
        var region = StreamCalls.NewRegion();
        var readers = new List<Reader>();
        for (var reader = 0; reader < Readers; reader++)
        {
            readers.Add(await Reader.Of(server));
            await readers[^1].Subscribes(region, cadence: reader % 2 == 0 ? null : "Digest15m");
        }

        var crisis = await server.StandUp(region);
        List<string> posted = [];
        async Task Post()
        {
            posted.Add(string.Create(CultureInfo.InvariantCulture, $"News <{posted.Count + 1}>."));
            await crisis.Commander.Gives(crisis.Key, "post-update", new { condition = posted[^1] });
        }

        for (var round = 0; round < Rounds; round++)
        {
            for (var update = 0; update < Crowd; update++)
            {
                await Post();
            }

            await server.Database.RulesHeard();
            var wrong = posted.Count;
            var due = crisis.Lead.Pass(TimeSpan.FromMinutes(16));
            for (var update = 0; update < Meanwhile; update++)
            {
                await Post();
            }

            await crisis.Lead.Gives(crisis.Key, "correct-update", new { updateId = $"U-{wrong}", reason = "a slip", condition = $"Instead of {wrong}." });
            posted[wrong - 1] = $"Instead of {wrong}.";
            await due;
            await Settled(crisis);
        }

        foreach (var reader in readers)
        {
            var texts = (await reader.Rest()).Select(l => l.Text).ToArray();
            posted.Where(text => texts.Sum(t => Count(t, text)) != 1).Select(text => $"{text} × {texts.Sum(t => Count(t, text))}").ShouldBeEmpty(reader.Contact);
        }
    }

    /// <summary>Until nothing waits any more, not even for the next digest.</summary>
    private async Task Settled(CrisisStories.Crisis crisis)
    {
        for (var pass = 0; pass < 2; pass++)
        {
            await server.Database.RulesHeard();
            await crisis.Lead.Pass(TimeSpan.FromMinutes(16));
            var now = await crisis.Lead.Now();
            await Eventually.Is(
                async () => await server.Database.Scalar<bool>(
                    "select not exists (select 1 from crisis.digests where incident = $1 and due_at <= $2) and not exists (select 1 from crisis.deliveries where incident = $1 and state = 'Queued' and next_at <= $2)", crisis.Key, now),
                "everything that is due is sent");
        }
    }

    private static int Count(string text, string part) => text.Split(part).Length - 1;
}
