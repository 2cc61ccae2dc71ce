using System.Text;
using System.Text.Json;
using CrisisOps.Proof.Bundles;
using Shouldly;

namespace CrisisOps.Proof.Tests;

/// <summary>Whoever holds the key can sign any history; what was anchored before it can not be unsaid.</summary>
public sealed class AnchorTests
{
    private const string Crisis = "CR-2027-0007";

    [Fact]
    public void A_bundle_whose_head_is_anchored_is_proven()
    {
        var history = RecordedHistory.OfNorland();

        var verification = Verify(history, history.Anchored());

        verification.Fault.ShouldBeNull();
        verification.Facts.Anchor.ShouldNotBeNull().Own.ShouldBeTrue();
        verification.Facts.Anchor!.Compared.ShouldBe(history.Heads.Count);
    }

    [Fact]
    public void A_bundle_is_proven_too_when_the_anchor_has_gone_on_since()
    {
        var history = RecordedHistory.OfNorland();
        var bundle = history.Export(Crisis);
        history.Record(Crisis);
        history.Sign();

        new BundleVerifier(null, history.Anchored()).Verify(new MemoryStream(bundle)).Fault.ShouldBeNull();
    }

    [Fact]
    public void A_bundle_whose_head_is_not_anchored_yet_goes_on_from_those_that_are()
    {
        var history = RecordedHistory.OfNorland();

        var verification = Verify(history, history.Anchored(first: 3));

        verification.Fault.ShouldBeNull();
        verification.Facts.Anchor.ShouldBe(new AnchorFacts(3, new AnchoredHead(history.Heads[2].Size, history.Heads[2].Root, history.Heads[2].Tips, history.Heads[2].At), Own: false));
    }

    [Fact]
    public void The_ten_newest_events_can_not_be_removed_by_whoever_holds_the_key()
    {
        var history = RecordedHistory.OfNorland();
        var cut = history.Without(newest: 10);
        cut.Sign("2027-05-15T15:00:00.000000Z");

        cut.Export(Crisis).ShouldSatisfyAllConditions(bundle => new BundleVerifier().Verify(new MemoryStream(bundle)).Proven.ShouldBeTrue("nothing in the bundle itself gives it away"));
        var fault = Verify(cut, history.Anchored()).Fault.ShouldNotBeNull();
        fault.Part.ShouldBe("anchor");
        fault.Why.ShouldContain("the newest 10 were removed");
    }

    [Fact]
    public void Heads_of_one_size_that_say_something_else_contradict_each_other()
    {
        var history = RecordedHistory.OfNorland();
        var head = history.Heads[^1];

        Read([head, head]).ShouldNotBeNull().Count.ShouldBe(1);
        Read([head, head with { Root = head.Tips }]).ShouldBeNull();
        Read([head, head with { Tips = head.Root }]).ShouldBeNull();
        Read([head with { At = "later" }]).ShouldBeNull();
    }

    [Fact]
    public void An_editor_may_have_marked_the_beginning_and_the_ends_of_lines()
    {
        var history = RecordedHistory.OfNorland();
        var text = "\uFEFF" + string.Concat(history.Heads.Select(h => JsonSerializer.Serialize(h, LineJson.Options) + "\r\n\r\n"));

        AnchoredHeads.Read(new MemoryStream(Encoding.UTF8.GetBytes(text))).ShouldNotBeNull().Count.ShouldBe(history.Heads.Count);
    }

    [Fact]
    public void Nor_with_others_in_their_place()
    {
        var history = RecordedHistory.OfNorland();
        var rewritten = history.Without(newest: 10);
        for (var i = 0; i < 10; i++)
        {
            rewritten.Record(Crisis, "Nobody was told.");
        }

        rewritten.Sign("2027-05-15T15:00:00.000000Z");
        var longer = history.Without(newest: 10);
        for (var i = 0; i < 14; i++)
        {
            longer.Record(Crisis, "Nobody was told.");
        }

        longer.Sign("2027-05-15T15:00:00.000000Z");

        Verify(rewritten, history.Anchored()).Fault.ShouldNotBeNull().Why.ShouldContain("rewritten");
        Verify(longer, history.Anchored()).Fault.ShouldNotBeNull().Why.ShouldContain("no part of this history");
    }

    /// <summary>Whoever rewrites goes on anchoring, and leaves out of the bundle what was anchored before.</summary>
    [Fact]
    public void Nor_by_not_telling_of_the_heads_that_were_anchored()
    {
        var history = RecordedHistory.OfNorland();
        var rewritten = history.Without(newest: 10);
        for (var i = 0; i < 14; i++)
        {
            rewritten.Record(Crisis, "Nobody was told.");
        }

        rewritten.ForgetHeads();
        rewritten.Sign("2027-05-15T15:00:00.000000Z");
        var anchored = Read([.. history.Heads, .. rewritten.Heads]).ShouldNotBeNull();

        rewritten.Export(Crisis).ShouldSatisfyAllConditions(bundle => new BundleVerifier().Verify(new MemoryStream(bundle)).Proven.ShouldBeTrue("nothing in the bundle itself gives it away"));
        Verify(rewritten, anchored).Fault.ShouldNotBeNull().Why.ShouldContain("no part of this history");
    }

    [Fact]
    public void Nor_by_recording_all_of_a_crisis_anew_after_what_was_anchored()
    {
        var history = RecordedHistory.OfNorland();
        var anew = new RecordedHistory();
        for (var i = 0; i < history.Heads[^1].Size + 5; i++)
        {
            anew.Record("ESC-2027-000209");
        }

        anew.Record(Crisis, "Nobody was told.");
        anew.Sign("2027-05-15T15:00:00.000000Z");

        Verify(anew, Read([.. history.Heads, .. anew.Heads]).ShouldNotBeNull()).Fault.ShouldNotBeNull().Why.ShouldContain("no part of this history");
    }

    [Fact]
    public void Of_what_was_anchored_before_a_crisis_began_the_newest_is_enough()
    {
        var history = new RecordedHistory();
        foreach (var stream in (string[])["ESC-2027-000209", "ESC-2027-000209", Crisis, Crisis])
        {
            history.Record(stream);
            history.Sign();
        }

        var (anchored, again) = (history.Anchored(), history.Anchored());
        history.ForgetHeads(but: 3);

        Verify(history, anchored).ShouldSatisfyAllConditions(v => v.Fault.ShouldBeNull(), v => v.Facts.Anchor!.Compared.ShouldBe(3));
        history.ForgetHeads(but: 2);
        Verify(history, again).Fault.ShouldNotBeNull().Why.ShouldContain("no part of this history");
    }

    [Fact]
    public void Nor_with_a_head_that_says_it_is_of_before()
    {
        var history = RecordedHistory.OfNorland();
        var cut = history.Without(newest: 10);
        cut.Sign(); // as early as its newest event: before the heads that were anchored later

        Verify(cut, history.Anchored()).Fault.ShouldNotBeNull().Part.ShouldBe("anchor");
    }

    [Fact]
    public void An_anchor_of_another_history_proves_nothing()
    {
        var other = new RecordedHistory();
        other.Record("CR-2027-0001");
        other.Sign("2027-01-01T00:00:00.000000Z");

        Verify(RecordedHistory.OfNorland(), other.Anchored()).Fault.ShouldNotBeNull().Part.ShouldBe("anchor");
    }

    [Fact]
    public void What_is_no_list_of_heads_can_not_be_read()
    {
        AnchoredHeads.Read(new MemoryStream("{}\n"u8.ToArray())).ShouldBeNull();
        AnchoredHeads.Read(new MemoryStream("hello\n"u8.ToArray())).ShouldBeNull();
        AnchoredHeads.Read(new MemoryStream([])).ShouldNotBeNull().Count.ShouldBe(0);
    }

    private static AnchoredHeads? Read(SignedHead[] heads) =>
        AnchoredHeads.Read(new MemoryStream(Encoding.UTF8.GetBytes(string.Concat(heads.Select(h => JsonSerializer.Serialize(h, LineJson.Options) + "\n")))));

    private static Verification Verify(RecordedHistory history, AnchoredHeads anchored) => new BundleVerifier(null, anchored).Verify(new MemoryStream(history.Export(Crisis)));
}
