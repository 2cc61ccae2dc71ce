using System.Globalization;
using CrisisOps.Server.Tests.Crises;
using CrisisOps.Server.Tests.Deadlines;
using CrisisOps.Server.Tests.Deliveries;
using CrisisOps.Server.Tests.Harness;
using Npgsql;
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

    [Fact]
    public async Task What_is_redacted_while_a_digest_is_being_written_does_not_come_or_is_taken_back()
    {
        var region = StreamCalls.NewRegion();
        var reader = await Reader.Of(server);
        await reader.Subscribes(region, cadence: "Hourly");
        var crisis = await server.StandUp(region);
        await reader.Next();
        await crisis.Commander.Gives(crisis.Key, "post-update", new { condition = "The name of a victim." });
        await server.Database.RulesHeard();
        var entry = await server.Database.Scalar<long>("select version from crisis.timeline where stream = $1 and event_type = 'CrisisUpdatePosted'", crisis.Key);

        // The writer has read what there is to tell, and waits for the texts.
        (await (await server.As("pio-01", roles: ["communications"])).Put("/v1/templates", new { kind = "Reopened", audience = "Executive", text = "{incident} goes on\nIt goes on: {headline}" })).ShouldBe(200);
        await using (var texts = new NpgsqlConnection(server.Database.ConnectionString))
        {
            await texts.OpenAsync(TestContext.Current.CancellationToken);
            await using var held = await texts.BeginTransactionAsync(TestContext.Current.CancellationToken);
            await using var command = new NpgsqlCommand("lock table crisis.templates in access exclusive mode", texts, held);
            await command.ExecuteNonQueryAsync(TestContext.Current.CancellationToken);
            await crisis.Commander.Pass(TimeSpan.FromHours(1));
            await Eventually.Is(() => Waits("crisis.templates"), "a digest is being written");
            await crisis.Commander.Gives(crisis.Key, "redact-entry", new { entry, reason = "personal data" });
            await Eventually.Is(async () => await Waits("crisis.digests") || await Heard(crisis.Key), "the rules have heard of it, as far as they can");
        }

        await Settled(crisis);
        var mails = await reader.Rest();
        var told = mails.Any(m => m.Text.Contains("victim", StringComparison.Ordinal));
        told.ShouldBe(mails.Any(m => m.Subject.Contains("withdrawn", StringComparison.Ordinal)), "whoever has the text hears that it is withdrawn");
    }

    private Task<bool> Waits(string table) =>
        server.Database.Scalar<bool>("select exists (select 1 from pg_stat_activity where datname = current_database() and wait_event_type = 'Lock' and query like '%' || $1 || '%')", table);

    private Task<bool> Heard(string stream) => server.Database.Scalar<bool>(
        "select not exists (select 1 from crisis.timeline t, crisis.subscriptions s where s.name = 'reactions' and t.stream = $1 and t.xid >= s.position)", stream);

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
