using System.Diagnostics;
using System.Text;
using CrisisOps.Server.Intake.Formats;
using FsCheck;
using FsCheck.Fluent;
using Microsoft.AspNetCore.Http;
using Shouldly;

namespace CrisisOps.Server.Tests.Intake.Formats;

/// <summary>Whatever somebody sends: a format reads it or refuses it, in bounded time, and what it keeps can be stored.</summary>
public sealed class HostileAlertsTests
{
    private const string Own = """{"externalRef":"r","title":"t \ud83d\ude00","regions":["XN"],"content":[{"itemId":"a"},"b"],"occurredAt":"2027-05-15T13:52:00Z","threatToLife":true}""";
    private const string Event = $$"""{"specversion":"1.0","id":"r","source":"/s","type":"t","time":"2027-05-15T13:52:00Z","subject":"x","data":{{Own}}}""";

    private static readonly (IAlertFormat Format, string ContentType, string Body)[] _samples =
    [
        (new OwnAlerts(), "application/json", Own),
        (new OwnAlerts(), "application/x-ndjson", $"{Own}\n{Own}\n"),
        (new CloudEvents(), "application/cloudevents+json", Event),
        (new CloudEvents(), "application/cloudevents-batch+json", $"[{Event},{Event}]"),
        (new CloudEvents(), "application/json", Own),
        (new Cap(), "application/cap+xml",
            "<?xml version=\"1.0\"?><alert xmlns=\"urn:oasis:names:tc:emergency:cap:1.2\"><identifier>r</identifier><sender>s</sender><sent>2027-05-15T13:55:00-00:00</sent><status>Test</status><msgType>Cancel</msgType><scope>Public</scope><references>s,q,2027-05-15T13:50:00-00:00</references><info><category>Safety</category><event>e</event><urgency>Past</urgency><severity>Minor</severity><certainty>Likely</certainty><parameter><valueName>tlp</valueName><value>RED</value></parameter><area><areaDesc>a</areaDesc><polygon>1,2 3,4 5,6 1,2</polygon><circle>1,2 3</circle></area></info></alert>"),
        (new PagerDuty(), "application/json", """{"routing_key":"k","event_action":"trigger","dedup_key":"d","payload":{"summary":"s","source":"m","severity":"info","custom_details":{"region":"XN","x":[1,"y"]}},"links":[{"href":"h"}]}"""),
        (new Alertmanager(), "application/json", """{"version":"4","alerts":[{"status":"firing","labels":{"alertname":"A","region":"XN"},"annotations":{"summary":"s"},"startsAt":"2027-05-15T12:00:00Z","fingerprint":"f"}]}"""),
        (new Coop(), "application/json", """{"item":{"id":"i","typeId":"t"},"action":{"id":"a"},"policies":[{"name":"Spam","penalty":"LOW"}],"custom":{"region":"XN"},"userStrikeCount":1}"""),
    ];

    private static readonly byte[][] _pieces = [[0], [0xFF], [0xC3], "\\ud800"u8.ToArray(), "\""u8.ToArray(), "{"u8.ToArray(), "]"u8.ToArray(), "null"u8.ToArray(), "1e999"u8.ToArray(), "<a>"u8.ToArray(), "&x;"u8.ToArray(), "\n"u8.ToArray(), "\\"u8.ToArray()];

    [Fact]
    public void Every_sample_is_read_as_it_stands()
    {
        foreach (var (format, type, body) in _samples)
        {
            format.Read(Sent.Request(format, body, type, Headers())).Alerts.ShouldAllBe(a => a.Alert != null);
        }
    }

    [Fact]
    public void However_a_request_is_broken_it_is_read_or_refused() => FsCheck.Check.One(
        Config.QuickThrowOnFailure.WithMaxTest(4000),
        Prop.ForAll(Arb.From(Gen.Choose(0, _samples.Length - 1)), Arb.From(Gen.Choose(0, int.MaxValue)), (Action<int, int>)((sample, seed) =>
        {
            var (format, type, body) = _samples[sample];
            var request = Sent.Request(format, Broken(Encoding.UTF8.GetBytes(body), new Random(seed)), type, Headers());

            format.KeyIn(request);
            var read = format.Read(request);

            foreach (var alert in read.Alerts)
            {
                (alert.Alert is null).ShouldBe(alert.Fault is not null);
                Storable(alert);
            }
        })));

    [Fact]
    public void Nesting_without_end_is_refused()
    {
        var deep = string.Concat(Enumerable.Repeat("[", 100_000));
        foreach (var (format, type, body) in _samples.Where(s => s.Body.StartsWith('{')))
        {
            var read = format.Read(Sent.Request(format, body.Insert(1, $"\"x\":{deep},"), type, Headers()));
            (read.Refused ?? read.Alerts.First().Fault).ShouldNotBeNull().Status.ShouldBe(400);
        }
    }

    [Fact]
    public void The_longest_message_that_a_pattern_walks_through_takes_no_time()
    {
        var cap = _samples.Single(s => s.Format is Cap);
        var references = string.Join(' ', Enumerable.Repeat("s,q,2027-05-15T13:50:00-00:00", 15_000));
        var watch = Stopwatch.StartNew();

        cap.Format.Read(Sent.Request(cap.Format, cap.Body.Replace("s,q,2027-05-15T13:50:00-00:00", references)));
        cap.Format.Read(Sent.Request(cap.Format, cap.Body.Replace("s,q,2027-05-15T13:50:00-00:00", references + "x")));
        cap.Format.Read(Sent.Request(cap.Format, cap.Body.Replace("s,q,2027-05-15T13:50:00-00:00", new string('s', 500_000))));

        watch.Elapsed.ShouldBeLessThan(TimeSpan.FromSeconds(10));
    }

    private static void Storable(ReadAlert read)
    {
        if (read.Alert is not { } alert)
        {
            return;
        }

        alert.ExternalRef.Length.ShouldBeInRange(1, 200);
        alert.Title.Length.ShouldBeInRange(1, 300);
        (alert.DedupKey?.Length ?? 0).ShouldBeLessThanOrEqualTo(255);
        foreach (var text in (string?[])[alert.ExternalRef, alert.Title, alert.DedupKey, alert.Text, alert.SeverityWord, .. alert.EvidenceRefs, .. alert.ContentRefs.Select(c => c.ItemId)])
        {
            (text ?? "").ShouldNotContain('\0');
            Encoding.UTF8.GetString(Encoding.UTF8.GetBytes(text ?? "")).ShouldBe(text ?? "");
        }
    }

    private static byte[] Broken(byte[] whole, Random random)
    {
        var broken = whole.ToList();
        for (var edits = random.Next(1, 5); edits > 0 && broken.Count > 0; edits--)
        {
            var at = random.Next(broken.Count);
            switch (random.Next(4))
            {
                case 0: broken.RemoveRange(at, Math.Min(random.Next(1, 20), broken.Count - at)); break;
                case 1: broken.InsertRange(at, _pieces[random.Next(_pieces.Length)]); break;
                case 2: broken[at] = (byte)random.Next(256); break;
                default: broken.InsertRange(at, broken.Slice(0, Math.Min(30, broken.Count))); break;
            }
        }

        return [.. broken];
    }

    private static HeaderDictionary Headers() => new() { ["ce-specversion"] = "1.0", ["ce-id"] = "r", ["ce-source"] = "/s", ["ce-type"] = "t" };
}
