using System.Text.Json;
using CrisisOps.Server.Tests.Harness;
using CrisisOps.Server.Tests.Timelines;
using Shouldly;

namespace CrisisOps.Server.Tests.Streams;

/// <summary>What a list showed at an instant it shows as of that instant, whatever happened since.</summary>
public sealed class ListThenTests(ListStory story) : IClassFixture<ListStory>
{
    public static TheoryData<string> Readers => ["lead", "specialist", "executive", "partner", "nobody"];

    [Theory]
    [MemberData(nameof(Readers))]
    public async Task What_a_list_showed_then_it_shows_as_of_then(string reader)
    {
        var looks = story.Seen.Where(s => s.Reader == reader).ToArray();
        looks.ShouldNotBeEmpty();

        foreach (var look in looks)
        {
            var asOf = TimelineCalls.Instant(look.At);
            (await story.Items(story.Readers[reader], look.List, asOf)).ShouldBe(look.Items, $"{look.List} as of {asOf}");
        }
    }

    [Fact]
    public void The_lists_were_not_the_same_at_each_look()
    {
        foreach (var list in ListStory.Lists.Where(list => !list.Contains("q=", StringComparison.Ordinal) && !list.StartsWith("me/inbox", StringComparison.Ordinal)))
        {
            story.Seen.Where(s => s.Reader == "lead" && s.List == list).Select(s => s.Items).ShouldContain(items => items.Length > "200 ".Length, list);
        }

        foreach (var kind in (string[])["escalations", "queue", "deadlines", "crises", "elections", "recommendations", "partners", "contacts", "subscriptions", "sources", "risks"])
        {
            story.Seen.Where(s => s.Reader == "lead" && s.List == $"{kind}?limit=500").Select(s => s.Items).Distinct().Count().ShouldBeGreaterThan(1, kind);
        }

        foreach (var (reader, list) in ((string, string)[])
        [
            ("lead", "alerts/kept?limit=500"), ("lead", "alerts/kept?reason=Maintenance"), ("lead", "escalations/{alerted}/alerts?limit=500"), ("lead", "escalations/{attack}/duplicates?limit=500"), ("lead", "me/work"),
            ("specialist", "me/inbox?limit=500"), ("specialist", "me/inbox?unread=true"),
        ])
        {
            story.Seen.Where(s => s.Reader == reader && s.List == list).Select(s => s.Items).Distinct().Count().ShouldBeGreaterThan(1, list);
        }
    }

    [Theory]
    [InlineData("escalations")]
    [InlineData("queue")]
    [InlineData("contacts")]
    [InlineData("deadlines")]
    public async Task Pages_of_the_past_follow_each_other_without_gap_or_repeat(string list)
    {
        var lead = story.Readers["lead"];
        var look = story.Seen.Where(s => s.Reader == "lead" && s.List == $"{list}?limit=500").ElementAt(1);
        var asOf = TimelineCalls.Instant(look.At);
        var whole = (await lead.Get($"/v1/{list}?limit=500&asOf={asOf}")).ShouldBe(200).Json.GetProperty("items").EnumerateArray().Select(i => i.GetRawText()).ToArray();
        whole.Length.ShouldBeGreaterThan(1);

        foreach (var limit in (int[])[1, 2, 3])
        {
            List<string> paged = [];
            string? cursor = null;
            do
            {
                var page = (await lead.Get($"/v1/{list}?limit={limit}&asOf={asOf}{(cursor is null ? "" : $"&cursor={cursor}")}")).ShouldBe(200).Json;
                paged.AddRange(page.GetProperty("items").EnumerateArray().Select(i => i.GetRawText()));
                cursor = page.GetProperty("next").GetString();
            }
            while (cursor is not null);

            paged.ToArray().ShouldBe(whole, customMessage: $"{limit} a page");
        }
    }

    [Fact]
    public async Task The_queue_of_then_says_why_as_it_stood_then()
    {
        var lead = story.Readers["lead"];
        var looks = story.Seen.Where(s => s.Reader == "lead" && s.List == "queue?limit=500").Select(s => s.At).ToArray();

        var (first, second) = (await Why(lead, looks[0]), await Why(lead, looks[1]));

        first.ShouldStartWith("threat to life or live content; SEV1; ");
        first.ShouldEndWith("open for 0 min");
        second.ShouldEndWith("open for 20 min");
    }

    [Theory]
    [InlineData("escalations")]
    [InlineData("queue")]
    [InlineData("crises")]
    [InlineData("sources")]
    [InlineData("deadlines")]
    public async Task Before_everything_a_list_is_empty(string list)
    {
        var page = (await story.Readers["lead"].Get($"/v1/{list}?asOf=2001-01-01T00:00:00Z")).ShouldBe(200).Json;

        (page.GetProperty("items").GetArrayLength(), page.GetProperty("next").ValueKind).ShouldBe((0, JsonValueKind.Null));
    }

    private static async Task<string> Why(Api lead, DateTimeOffset at) =>
        (await lead.Get($"/v1/queue?limit=1&asOf={TimelineCalls.Instant(at)}")).ShouldBe(200).Json.GetProperty("items")[0].GetProperty("why").GetString()!;
}
