using CrisisOps.Domain.Crises;
using CrisisOps.Domain.Shared;
using FsCheck;
using FsCheck.Fluent;
using Shouldly;

namespace CrisisOps.Domain.Tests.Crises;

/// <summary>Which reports are one story (domain §3, P2; §9.5).</summary>
public class ClusterRuleTests
{
    private static readonly DateTimeOffset _start = new(2027, 5, 15, 14, 0, 0, TimeSpan.Zero);
    private static readonly ClusterRule _rule = ClusterRule.Default;

    /// <summary>Up to 24 cases within an hour, on whole half minutes so that edges are met; a third of them SEV1.</summary>
    private static readonly Gen<ClusterCase[]> _cases =
        from count in Gen.Choose(0, 24)
        from minutes in Gen.ArrayOf(Gen.Choose(0, 120), count)
        from worst in Gen.ArrayOf(Gen.Choose(0, 2), count)
        select minutes.Select((m, i) => Case(i, m / 2.0, worst[i] == 0)).ToArray();

    [Fact]
    public void A_cluster_fits_the_window_holds_the_case_and_a_SEV1_and_is_thick_enough() => Check((cases, key, usual, found) =>
    {
        if (found.Count == 0)
        {
            return;
        }

        found.ShouldContain(c => c.Key == key);
        found.ShouldContain(c => c.TriagedSev1);
        found.Count.ShouldBeGreaterThanOrEqualTo(_rule.Count);
        ((double)found.Count).ShouldBeGreaterThanOrEqualTo(_rule.BaselineFactor * usual);
        (found[^1].RaisedAt - found[0].RaisedAt).ShouldBeLessThanOrEqualTo(_rule.Window);
        found.Select(c => c.RaisedAt).ShouldBeInOrder();
        found.Select(c => c.Key).ShouldBeUnique();
        found.ShouldBe(cases.Where(c => c.RaisedAt >= found[0].RaisedAt && c.RaisedAt <= found[^1].RaisedAt).OrderBy(c => c.RaisedAt).ThenBy(c => c.Key, StringComparer.Ordinal));
    });

    [Fact]
    public void It_is_the_earliest_and_none_is_missed() => Check((cases, key, usual, found) =>
    {
        var windows = cases.OrderBy(c => c.RaisedAt).Select(first => cases.Where(c => c.RaisedAt >= first.RaisedAt && c.RaisedAt <= first.RaisedAt + _rule.Window).ToArray());
        var good = windows.FirstOrDefault(w => w.Length >= _rule.Count && w.Length >= _rule.BaselineFactor * usual && w.Any(c => c.TriagedSev1) && w.Any(c => c.Key == key));

        found.Select(c => c.Key).ShouldBe((good ?? []).Select(c => c.Key), ignoreOrder: true);
    });

    [Fact]
    public void The_order_in_which_cases_are_given_does_not_matter() =>
        Check((cases, key, usual, found) => _rule.Find([.. cases.Reverse()], key, usual).ShouldBe(found));

    [Fact]
    public void The_last_instant_of_the_window_belongs_to_it_and_the_next_does_not()
    {
        _rule.Find([Case(0, 0, true), Case(1, 7, false), Case(2, 15, false)], "ESC-2", 0).Count.ShouldBe(3);
        _rule.Find([Case(0, 0, true), Case(1, 7, false), Case(2, 15.01, false)], "ESC-2", 0).ShouldBeEmpty();
    }

    [Fact]
    public void Reports_that_are_usual_there_are_no_cluster()
    {
        ClusterCase[] cases = [.. Enumerable.Range(0, 5).Select(i => Case(i, i, i == 3))];

        _rule.Find(cases, "ESC-0", 5 / 3.0).Count.ShouldBe(5);
        _rule.Find(cases, "ESC-0", 1.7).ShouldBeEmpty();
    }

    private static void Check(Action<ClusterCase[], string, double, IReadOnlyList<ClusterCase>> holds) => FsCheck.Check.One(
        Config.QuickThrowOnFailure.WithMaxTest(500),
        Prop.ForAll(Arb.From(_cases), Arb.From(Gen.Choose(0, 24)), Arb.From(Gen.Choose(0, 6)), (Action<ClusterCase[], int, int>)((cases, asked, usual) =>
            holds(cases, $"ESC-{asked}", usual / 2.0, _rule.Find(cases, $"ESC-{asked}", usual / 2.0)))));

    private static ClusterCase Case(int number, double minute, bool worst) => new($"ESC-{number}", _start.AddMinutes(minute), worst, PolicyArea.ViolenceAndIncitement);
}
