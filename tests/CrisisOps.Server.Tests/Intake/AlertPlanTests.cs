using CrisisOps.Domain.Escalations;
using CrisisOps.Domain.Intake;
using CrisisOps.Domain.Shared;
using CrisisOps.Server.Intake;
using FsCheck;
using FsCheck.Fluent;
using Shouldly;

namespace CrisisOps.Server.Tests.Intake;

/// <summary>What becomes of a chunk, of random alerts on random homes: decided in order, each once, by keys it has.</summary>
public sealed class AlertPlanTests
{
    private static readonly DateTimeOffset _now = new(2027, 5, 15, 14, 0, 0, TimeSpan.Zero);
    private static readonly AlertSource[] _sources = [AlertSource.None with { Key = "SRC-001" }, AlertSource.None with { Key = "SRC-002", PartnerId = "Watch" }];

    [Fact]
    public void The_same_alerts_on_the_same_lookup_come_to_the_same_fates() => Check((chunk, lookup, window) =>
        AlertPlan.Of(chunk, lookup, window).Select(Words).ShouldBe(AlertPlan.Of(chunk, lookup, window).Select(Words)));

    [Fact]
    public void What_is_stored_or_came_before_in_the_chunk_is_known_and_nothing_else_is() => Check((chunk, lookup, window) =>
    {
        var fates = AlertPlan.Of(chunk, lookup, window);
        for (var i = 0; i < chunk.Length; i++)
        {
            (fates[i] is AlertFate.Known).ShouldBe(lookup.Stored.ContainsKey(chunk[i].Id) || chunk.Take(i).Any(before => before.Id == chunk[i].Id));
        }
    });

    [Fact]
    public void What_folds_shares_a_key_with_an_open_case_and_what_follows_with_an_alert_before_that_raises() => Check((chunk, lookup, window) =>
    {
        var fates = AlertPlan.Of(chunk, lookup, window);
        for (var i = 0; i < chunk.Length; i++)
        {
            switch (fates[i])
            {
                case AlertFate.Fold fold:
                    chunk[i].Keys.ShouldContain(k => k.Text == fold.Matched && lookup.Homes[k.Hash].Open && lookup.Homes[k.Hash].Escalation == fold.Escalation);
                    break;
                case AlertFate.Follow follow:
                    var first = Array.IndexOf(chunk, follow.First);
                    first.ShouldBeLessThan(i);
                    fates[first].ShouldBeOfType<AlertFate.Raise>();
                    chunk[i].Keys.Select(k => k.Hash).Intersect(follow.First.Keys.Select(k => k.Hash)).ShouldNotBeEmpty();
                    chunk[i].Exercise.ShouldBe(follow.First.Exercise);
                    break;
                case AlertFate.Raise raise:
                    raise.Olds.Count.ShouldBe(chunk[i].Keys.Count);
                    chunk[i].Keys.ShouldNotContain(k => k.Reason == FoldReason.DedupKey && lookup.Homes.ContainsKey(k.Hash) && lookup.Homes[k.Hash].Open);
                    chunk[i].Alert.Action.ShouldBe(AlertAction.Trigger);
                    break;
            }
        }
    });

    [Fact]
    public void No_two_alerts_of_a_chunk_raise_with_a_key_in_common() => Check((chunk, lookup, window) =>
    {
        var fates = AlertPlan.Of(chunk, lookup, window);
        var raising = chunk.Zip(fates).Where(p => p.Second is AlertFate.Raise).SelectMany(p => p.First.Keys.Select(k => k.Hash)).ToArray();
        raising.ShouldBeUnique();
    });

    [Fact]
    public void Under_maintenance_nothing_raises_and_without_it_nothing_is_kept_back() => Check((chunk, lookup, window) =>
    {
        var fates = AlertPlan.Of(chunk, lookup, window);
        if (window is not null)
        {
            fates.ShouldNotContain(f => f is AlertFate.Raise || f is AlertFate.Follow);
        }

        fates.OfType<AlertFate.Keep>().Where(k => k.Reason == KeptReason.Maintenance).ShouldAllBe(k => window != null && k.Maintenance == window);
    });

    [Fact]
    public void What_lies_below_the_floor_raises_nothing_and_what_is_taken_back_is_found_by_its_own_names_only() => Check((chunk, lookup, window) =>
    {
        foreach (var (alert, fate) in chunk.Zip(AlertPlan.Of(chunk, lookup, window)))
        {
            if (alert.Reading.BelowFloor)
            {
                fate.ShouldNotBeOfType<AlertFate.Raise>();
            }

            if (alert.Alert.Action != AlertAction.Trigger && fate is AlertFate.Fold or AlertFate.Follow)
            {
                var (reason, matched) = fate is AlertFate.Fold fold ? (fold.Reason, fold.Matched) : (((AlertFate.Follow)fate).Reason, ((AlertFate.Follow)fate).Matched);
                reason.ShouldBe(alert.Alert.Action == AlertAction.Resolve ? FoldReason.Resolved : FoldReason.Acknowledged);
                alert.Keys.ShouldContain(k => k.Text == matched && k.Reason != FoldReason.ContentId);
            }
        }
    });

    [Fact]
    public void Looked_at_again_what_has_found_its_place_meanwhile_is_known_and_the_rest_is_decided() => Check((chunk, lookup, _) =>
    {
        var fates = AlertPlan.Of(chunk, lookup, null, again: true);
        for (var i = 0; i < chunk.Length; i++)
        {
            var placed = lookup.Stored.TryGetValue(chunk[i].Id, out var kept) && kept is null;
            (fates[i] is AlertFate.Known).ShouldBe(placed || chunk.Take(i).Any(before => before.Id == chunk[i].Id));
        }
    });

    [Fact]
    public void Content_belongs_together_within_its_window_and_a_dedup_key_for_as_long_as_the_case_is_open()
    {
        var alert = Alert(0, "smoke", "vid-1", AlertAction.Trigger, false, false);
        AlertFate On(int key, TimeSpan ago, bool open = true) => AlertPlan.Of([alert], new AlertLookup(new Dictionary<Guid, KeptReason?>(), new Dictionary<Guid, AlertHome> { [alert.Keys[key].Hash] = new("ESC-1", "ESC-2", open, _now - ago) }), null)[0];

        On(1, TimeSpan.FromHours(23)).ShouldBe(new AlertFate.Fold("ESC-2", FoldReason.ContentId, "vid-1"));
        On(1, TimeSpan.FromHours(25)).ShouldBeOfType<AlertFate.Raise>().Olds.ShouldBe([null, "ESC-1"]);
        On(0, TimeSpan.FromDays(30)).ShouldBe(new AlertFate.Fold("ESC-2", FoldReason.DedupKey, "smoke"));
        On(0, TimeSpan.Zero, open: false).ShouldBeOfType<AlertFate.Raise>().Olds.ShouldBe(["ESC-1", null]);
    }

    private static void Check(Action<ReceivedAlert[], AlertLookup, string?> holds) => FsCheck.Check.One(
        Config.QuickThrowOnFailure.WithMaxTest(500),
        Prop.ForAll(Arb.From(Gen.Choose(0, int.MaxValue)), (Action<int>)(seed =>
        {
            var random = new Random(seed);
            ReceivedAlert[] chunk = [.. Enumerable.Range(0, random.Next(1, 30)).Select(_ => Drawn(random))];
            var stored = chunk.Where(_ => random.Next(6) == 0).DistinctBy(a => a.Id).ToDictionary(a => a.Id, _ => random.Next(2) == 0 ? (KeptReason?)null : KeptReason.Maintenance);
            var homes = chunk.SelectMany(a => a.Keys).Where(_ => random.Next(5) == 0).DistinctBy(k => k.Hash)
                .ToDictionary(k => k.Hash, _ => new AlertHome($"ESC-{random.Next(3)}", $"ESC-{random.Next(3)}", random.Next(2) == 0, _now.AddHours(-random.Next(48))));
            holds(chunk, new AlertLookup(stored, homes), random.Next(3) == 0 ? "MW-1" : null);
        })));

    private static ReceivedAlert Drawn(Random random) => Alert(
        random.Next(20), random.Next(3) == 0 ? null : $"dedup-{random.Next(4)}", random.Next(2) == 0 ? null : $"vid-{random.Next(4)}",
        random.Next(4) == 0 ? (AlertAction)random.Next(3) : AlertAction.Trigger, random.Next(5) == 0, random.Next(4) == 0, _sources[random.Next(2)]);

    private static ReceivedAlert Alert(int reference, string? dedup, string? content, AlertAction action, bool exercise, bool belowFloor, AlertSource? source = null)
    {
        var alert = new IncomingAlert(AlertFormat.Alerts, $"ref-{reference}", "Smoke", action) { DedupKey = dedup, ContentRefs = content is null ? [] : [new ContentRef(content, "video")], Exercise = exercise };
        return new ReceivedAlert(source ?? _sources[0], "KEY-1", alert, [], _now, new IntakeReading("rule", Severity.SEV2, PolicyArea.Undetermined, [], belowFloor, TimeSpan.FromDays(1), true));
    }

    private static string Words(AlertFate fate) => fate switch
    {
        AlertFate.Follow follow => $"follows {follow.First.Id} by {follow.Matched}",
        AlertFate.Raise raise => $"raises over {string.Join(',', raise.Olds)}",
        _ => fate.ToString(),
    };
}
