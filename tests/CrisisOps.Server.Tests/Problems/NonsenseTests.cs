using System.Buffers.Text;
using System.Text;
using CrisisOps.Server.Tests.Crises;
using CrisisOps.Server.Tests.Harness;
using CrisisOps.Server.Tests.Timelines;
using Shouldly;

namespace CrisisOps.Server.Tests.Problems;

/// <summary>Whatever somebody asks the past for, the answer is the past or a problem that names the parameter.</summary>
public sealed class NonsenseTests(ReplayServer server) : IClassFixture<ReplayServer>
{
    private static readonly string[] _noInstants =
    [
        "0000-01-01T00:00:00Z", "10000-01-01T00:00:00Z", "2027-05-15T14:00:00", "2027-05-15", "2027-02-30T00:00:00Z", "2027-05-15T25:00:00Z", "2027-05-15T14:00:00+99:00", "0001-01-01T00:00:00+14:00",
        "9999-12-31T23:59:59-14:00", "now", "-1", "1e9", "infinity", "2027-05-15T14:00:00ZZ", new string('9', 501), "%00", "%FF", "",
    ];

    private static readonly string[] _farInstants =
        ["0001-01-01T00:00:00Z", "0001-01-02T00:00:00Z", "1582-10-10T00:00:00Z", "9999-12-31T23:59:59.9999999Z", "9999-12-31T00:00:00Z", "2027-05-15T14:00:00.123456789Z", "2027-05-15T14:00:00+14:00"];

    [Fact]
    public async Task An_instant_that_is_none_is_named_and_one_that_is_far_away_is_an_instant()
    {
        var (lead, key, @case, review) = await Story();
        foreach (var (path, names) in Reads(key, @case, review))
        {
            foreach (var name in names)
            {
                foreach (var instant in _noInstants)
                {
                    (await lead.Get($"{path}{(path.Contains('?', StringComparison.Ordinal) ? '&' : '?')}{With(names, name, instant)}")).ShouldBeProblem(422, "validation", member: name);
                }

                foreach (var instant in _farInstants)
                {
                    await Answered(lead, path, With(names, name, instant));
                    if (path is not "/v1/knowledge/PRT-001" && name == "asOf" && !path.Contains("knowledge", StringComparison.Ordinal) && !path.Contains("facts", StringComparison.Ordinal) && !path.Contains("export", StringComparison.Ordinal))
                    {
                        await Answered(lead, path, With(names, name, instant) + "&clock=occurred");
                    }
                }
            }

            (await lead.Get($"{path}{(path.Contains('?', StringComparison.Ordinal) ? '&' : '?')}nonsense=1")).ShouldBeProblem(422, "validation", member: "nonsense");
        }
    }

    [Fact]
    public async Task A_version_that_never_was_is_not_found_and_one_that_is_no_number_is_named()
    {
        var (lead, key, @case, review) = await Story();
        foreach (var path in (string[])[$"/v1/crises/{key}", $"/v1/escalations/{@case}", $"/v1/reviews/{review}"])
        {
            foreach (var version in (string[])["99999", "9223372036854775807"])
            {
                (await lead.Get($"{path}?version={version}")).ShouldBeProblem(404, "not-found");
            }

            foreach (var version in (string[])["0", "-1", "9223372036854775808", "1.0", "1e3", "one", "+1", "%D9%A1", ""])
            {
                (await lead.Get($"{path}?version={version}")).ShouldBeProblem(422, "validation", member: "version");
            }
        }
    }

    [Fact]
    public async Task A_cursor_that_somebody_made_up_is_a_place_or_a_problem()
    {
        var (lead, key, @case, _) = await Story();
        string[] numbers = ["0", "-1", "1", "3155378975999999999", "3155378976000000000", "9223372036854775807", "9223372036854775808", "18446744073709551615", "18446744073709551616", "x", "", "' or 1=1 --", "\uFFFD\uD83D\uDE00", new string('9', 200)];
        (string Path, string Mark, int Values)[] lists =
        [
            ("/v1/crises", "crises", 2), ("/v1/escalations", "escalations", 2), ("/v1/deliveries", "deliveries", 1), ("/v1/reads", "reads", 1), ("/v1/history/heads", "heads", 1), ("/v1/knowledge/PRT-001", "knowledge", 4),
            ($"/v1/timelines/{key}", "occurred", 4), ($"/v1/timelines/{@case}", "occurred", 4),
        ];
        foreach (var (path, mark, values) in lists)
        {
            foreach (var number in numbers)
            {
                for (var place = 0; place < values; place++)
                {
                    var parts = Enumerable.Range(0, values).Select(i => i == place ? number : "1");
                    await Answered(lead, path, $"cursor={Cursor(mark, parts)}");
                }
            }
        }

        foreach (var number in numbers)
        {
            for (var place = 0; place < 5; place++)
            {
                foreach (var clock in (string[])["recorded", "occurred"])
                {
                    var answer = await lead.GetReplay(key, $"speed=max&clock={clock}", Cursor($"replay-{clock}", Enumerable.Range(0, 5).Select(i => i == place ? number : "1")));
                    ShouldBeAnswered(answer, "replay");
                }
            }

            ShouldBeAnswered(await lead.GetReplay(key, "speed=max", Cursor("replayed-recorded", [number])), "replayed");
        }
    }

    [Fact]
    public async Task A_replay_of_all_time_at_any_speed_is_one()
    {
        var (lead, key, _, _) = await Story();
        foreach (var query in (string[])["from=0001-01-01T00:00:00Z&speed=100000&maxGap=PT1S", "from=0001-01-01T00:00:00Z&to=9999-12-31T23:59:59.9999999Z&speed=max", "to=0001-01-01T00:00:00Z&speed=max", "from=9999-12-31T23:59:59.9999999Z&speed=0.01"])
        {
            (await lead.Replayed(key, query))[^1].Name.ShouldBe("end", query);
        }
    }

    private static string With(string[] names, string name, string instant) =>
        string.Join('&', names.Select(n => $"{n}={(n == name ? instant.Replace("+", "%2B", StringComparison.Ordinal) : n == "to" ? "9999-01-01T00:00:00Z" : "2027-05-15T14:00:00Z")}"));

    private static string Cursor(string mark, IEnumerable<string> values) => Base64Url.EncodeToString(Encoding.UTF8.GetBytes($"{mark}|{string.Join('|', values)}"));

    private static async Task Answered(Api api, string path, string query)
    {
        var whole = $"{path}{(path.Contains('?', StringComparison.Ordinal) ? '&' : '?')}{query}";
        ShouldBeAnswered(await api.Get(whole), whole);
    }

    private static void ShouldBeAnswered(Answer answer, string what)
    {
        answer.Status.ShouldBeOneOf([200, 204, 404, 410, 422], $"{what}: {answer.Text}");
        if (!answer.Ok)
        {
            answer.MediaType.ShouldBe("application/problem+json", what);
        }
    }

    private static (string Path, string[] Names)[] Reads(string key, string @case, string review) =>
    [
        .. new[]
        {
            $"/v1/crises/{key}", "/v1/crises", $"/v1/escalations/{@case}", "/v1/escalations", "/v1/elections", "/v1/reviews", $"/v1/reviews/{review}", "/v1/recommendations", "/v1/risks", "/v1/partners",
            "/v1/contacts", "/v1/subscriptions", "/v1/sources", "/v1/queue", "/v1/deadlines", "/v1/sla-board", "/v1/deliveries", $"/v1/timelines/{key}", $"/v1/timelines/{@case}", "/v1/board",
            $"/v1/crises/{key}/board", "/v1/search?q=attack", "/v1/knowledge/PRT-001", $"/v1/knowledge/of/{key}@1", $"/v1/reviews/{review}/facts", $"/v1/crises/{key}/export?format=markdown",
            $"/v1/crises/{key}/export?format=html&zone=America/New_York",
        }.Select(path => (path, (string[])["asOf"])),
        ($"/v1/timelines/{key}", ["from", "to"]), ("/v1/reads", ["from", "to"]), ($"/v1/crises/{key}/diff", ["from", "to"]), ($"/v1/escalations/{@case}/diff", ["from", "to"]), ($"/v1/reviews/{review}/diff", ["from", "to"]),
    ];

    private async Task<(Api Lead, string Key, string Case, string Review)> Story()
    {
        var crisis = await server.StandUp();
        var @case = await crisis.Lead.Raised(new { region = new[] { crisis.Region } });
        await crisis.Lead.Gives(crisis.Key, "attach-escalation", new { escalationKey = @case });
        await crisis.StandDown();
        return (crisis.Lead, crisis.Key, @case, await crisis.Review());
    }
}
