using System.Text.Json;
using CrisisOps.Server.Tests.Harness;
using Shouldly;

namespace CrisisOps.Server.Tests.Intake;

/// <summary>In whatever order, format and number alerts come, on two nodes at once: the same escalations and the same counts.</summary>
public sealed class InterleavingTests(TestServer server) : IClassFixture<TestServer>
{
    private const int Rounds = 20;
    private const int Alerts = 60;
    private const int Clusters = 12;
    private const int Senders = 12;

    [Fact]
    public async Task Any_interleaving_comes_to_the_escalations_and_counts_of_the_straight_way()
    {
        var seed = Random.Shared.Next();
        TestContext.Current.SendDiagnosticMessage($"seed {seed}");
        var random = new Random(seed);
        var other = await server.StartAnotherNode();
        List<(Feed[] Feeds, List<Sending> All)> rounds = [];
        for (var round = 0; round < Rounds; round++)
        {
            var feeds = new[] { await server.Feed(), await server.Feed() };
            List<Sending> all = [.. Enumerable.Range(0, Alerts).Select(n => new Sending(feeds[random.Next(2)], $"r{round}-{n}", random.Next(Clusters), random))];
            rounds.Add((feeds, all));

            // Each at least once; some again, in another format or on the other node.
            var sent = all.Concat(all.Where(_ => random.Next(2) == 0)).Concat(all.Where(_ => random.Next(4) == 0)).ToArray();
            random.Shuffle(sent);
            var requests = Requests(sent, feeds, random, other).ToArray();
            random.Shuffle(requests);
            await Task.WhenAll(Enumerable.Range(0, Senders).Select(async sender =>
            {
                for (var i = sender; i < requests.Length; i += Senders)
                {
                    (await requests[i]()).Ok.ShouldBeTrue($"seed {seed}");
                }
            }));
        }

        await server.Tallied();
        var lead = await server.As("lead-01", roles: ["duty-lead"]);
        foreach (var (feeds, all) in rounds)
        {
            Dictionary<string, int> raised = new(StringComparer.Ordinal);
            foreach (var key in (await server.RaisedBy(feeds[0])).Concat(await server.RaisedBy(feeds[1])))
            {
                var seen = await lead.Read(key);
                raised.TryAdd(seen.GetProperty("title").GetString()!, seen.GetProperty("reportCount").GetInt32()).ShouldBeTrue($"two escalations of one cluster; seed {seed}");
            }

            raised.OrderBy(r => r.Key, StringComparer.Ordinal).ShouldBe(Straight(all), $"seed {seed}");
            (await server.Stored(feeds[0]) + await server.Stored(feeds[1])).ShouldBe(all.Count, $"seed {seed}");
        }

        server.Log.Errors.ShouldBeEmpty($"seed {seed}");
        other.Log.Errors.ShouldBeEmpty($"seed {seed}");
    }

    /// <summary>One after the other, each once: the first of a cluster raises, the others are counted.</summary>
    private static IEnumerable<KeyValuePair<string, int>> Straight(IEnumerable<Sending> all) =>
        all.GroupBy(s => s.Title, StringComparer.Ordinal).ToDictionary(g => g.Key, g => g.Count()).OrderBy(r => r.Key, StringComparer.Ordinal);

    /// <summary>Some of what is sent goes together in one request, the rest alone.</summary>
    private static IEnumerable<Func<Task<Answer>>> Requests(Sending[] sent, Feed[] feeds, Random random, TestNode other)
    {
        foreach (var feed in feeds)
        {
            Sending[] own = [.. sent.Where(s => s.Feed == feed)];
            for (var from = 0; from < own.Length;)
            {
                var at = random.Next(2) == 0 ? feed : feed.At(other);
                Sending[] some = [.. own.Skip(from).Take(random.Next(3) == 0 ? random.Next(2, 15) : 1)];
                from += some.Length;
                if (some is [var only])
                {
                    var format = random.Next(2);
                    yield return only.IsPagerDuty ? () => at.Send("/v2/enqueue", only.Event(feed.ApiKey))
                        : format == 0 ? () => at.Send(only.Alert)
                        : () => at.Send("/v1/alerts/cloudevents", only.CloudEvent, "application/cloudevents+json");
                    continue;
                }

                var batch = random.Next(2) == 0;
                var lines = some.Where(s => !s.IsPagerDuty).ToArray();
                if (lines.Length > 0)
                {
                    yield return batch ? () => at.Send("/v1/alerts/cloudevents", $"[{string.Join(',', lines.Select(l => l.CloudEvent))}]", "application/cloudevents-batch+json")
                        : () => at.Send("/v1/alerts", string.Join('\n', lines.Select(l => l.Alert.Line())), "application/x-ndjson");
                }

                foreach (var alone in some.Where(s => s.IsPagerDuty))
                {
                    yield return () => at.Send("/v2/enqueue", alone.Event(feed.ApiKey));
                }
            }
        }
    }

    /// <summary>An alert of a cluster, which has a piece of content or a dedup key in common; of the latter each source has its own.</summary>
    private sealed class Sending(Feed feed, string reference, int cluster, Random random)
    {
        private readonly bool _byContent = cluster % 3 == 0;
        private readonly bool _exercise = cluster % 4 == 0 && random.Next(2) == 0;

        public Feed Feed => feed;

        public string Title => $"{Name}{(_exercise ? ", exercise" : "")}";

        /// <summary>Its reference is what its bytes are, so it is sent again in this format only.</summary>
        public bool IsPagerDuty { get; } = cluster % 3 != 0 && random.Next(4) == 0;

        public Dictionary<string, object?> Alert => AlertCalls.Alert(_byContent ? null : Name, _byContent ? Name : null, reference, title: Title).With("exercise", _exercise);

        public string CloudEvent => JsonSerializer.Serialize(new { specversion = "1.0", id = reference, source = "/monitor", type = "org.monitor.alert.v1", data = Alert });

        private string Name => $"{reference.Split('-')[0]} cluster {cluster}{(_byContent ? "" : $" of {feed.Source}")}";

        public string Event(string key) => JsonSerializer.Serialize(new
        {
            routing_key = key,
            event_action = "trigger",
            dedup_key = Name,
            payload = new { summary = Title, source = reference, severity = "error", timestamp = "2026-01-01T00:00:00Z", custom_details = new { exercise = _exercise } },
        });
    }
}
