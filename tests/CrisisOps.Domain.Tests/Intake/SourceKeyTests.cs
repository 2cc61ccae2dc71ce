using CrisisOps.Domain.Intake;
using Shouldly;

namespace CrisisOps.Domain.Tests.Intake;

/// <summary>issue-key, rotate-key, revoke-key.</summary>
public class SourceKeyTests
{
    [Fact]
    public void A_key_is_kept_by_its_hash()
    {
        var keyed = SourceCase.Keyed(TimeSpan.FromDays(90));
        keyed.State.Keys.ShouldBe([new SourceKey("KEY-1", "ingest host", "hash-1", SourceCase.Start.AddDays(90))]);
        (keyed.Told().Headline, keyed.Told().Body).ShouldBe(("Key KEY-1 (ingest host) issued", "valid until 2027-05-30 09:00Z"));
        SourceCase.Keyed().Told().Body.ShouldBe("valid without an end");
    }

    [Fact]
    public void No_body_says_which_key_is_taken()
    {
        SourceCase.Registered().When(new IssueKey("ingest host")).ShouldBeRefusedBy("key-made");
        SourceCase.Keyed().When(new RotateKey("KEY-1")).ShouldBeRefusedBy("key-made");
        typeof(IssueKey).GetProperties().Select(p => p.Name).ShouldBe(["Rule", "Name", "ValidFor", "OccurredAt", "Tlp"], ignoreOrder: true);
        typeof(RotateKey).GetProperties().Select(p => p.Name).ShouldBe(["Rule", "KeyId", "Overlap", "ValidFor", "OccurredAt", "Tlp"], ignoreOrder: true);
    }

    [Fact]
    public void A_key_has_a_name_and_a_validity_that_makes_sense()
    {
        SourceCase.Registered().When(new IssueKey(" ").Hashed("h")).ShouldBeRefusedBy("name-given");
        foreach (var validFor in new[] { TimeSpan.Zero, TimeSpan.FromSeconds(59), TimeSpan.FromDays(3_661), TimeSpan.MaxValue })
        {
            SourceCase.Registered().When(new IssueKey("x", validFor).Hashed("h")).ShouldBeRefusedBy("key-validity");
            SourceCase.Keyed().When(new RotateKey("KEY-1", ValidFor: validFor).Hashed("h")).ShouldBeRefusedBy("key-validity");
        }
    }

    [Fact]
    public void Ten_keys_are_valid_at_most()
    {
        var full = SourceCase.Registered();
        for (var n = 1; n <= 10; n++)
        {
            full.When(new IssueKey($"host {n}").Hashed($"h{n}")).ShouldBeAccepted();
        }

        full.When(new IssueKey("host 11").Hashed("h11")).ShouldBeRefusedBy("key-limit");
        full.When(new RotateKey("KEY-1").Hashed("h11")).ShouldBeRefusedBy("key-limit");
        full.When(new RotateKey("KEY-1", TimeSpan.Zero).Hashed("h11")).ShouldBeAccepted();
        full.When(new RevokeKey("KEY-2")).ShouldBeAccepted().When(new IssueKey("host 12").Hashed("h12")).ShouldBeAccepted();
        full.State.Keys.Count.ShouldBe(12);
    }

    [Fact]
    public void A_rotated_key_stays_valid_for_the_overlap()
    {
        var rotated = SourceCase.Keyed().When(new RotateKey("KEY-1", TimeSpan.FromHours(1)).Hashed("hash-2")).ShouldBeAccepted();
        rotated.State.Keys.ShouldBe([new SourceKey("KEY-1", "ingest host", "hash-1", SourceCase.Start.AddHours(1)), new SourceKey("KEY-2", "ingest host", "hash-2", null)]);
        rotated.State.ValidKey("KEY-1", SourceCase.Start.AddMinutes(59)).ShouldNotBeNull();
        rotated.State.ValidKey("KEY-1", SourceCase.Start.AddHours(1)).ShouldBeNull();
        (rotated.Told().Headline, rotated.Told().Body).ShouldBe(("Key KEY-2 (ingest host) issued in the place of KEY-1", "valid without an end; the old one until 2027-03-01 10:00Z"));
        SourceCase.Keyed().When(new RotateKey("KEY-1").Hashed("h")).State.Keys[0].ValidUntil.ShouldBe(SourceCase.Start.AddHours(24));
        SourceCase.Keyed(TimeSpan.FromHours(2)).When(new RotateKey("KEY-1").Hashed("h")).State.Keys[0].ValidUntil.ShouldBe(SourceCase.Start.AddHours(2), "an end is never put off");
    }

    [Fact]
    public void Only_a_valid_key_is_rotated_or_revoked_within_a_week()
    {
        SourceCase.Keyed().When(new RotateKey("KEY-1", TimeSpan.FromDays(8)).Hashed("h")).ShouldBeRefusedBy("overlap-range");
        SourceCase.Keyed().When(new RotateKey("KEY-1", TimeSpan.FromSeconds(-1)).Hashed("h")).ShouldBeRefusedBy("overlap-range");
        SourceCase.Keyed().When(new RotateKey("KEY-9").Hashed("h")).ShouldBeRefusedBy("key-valid");
        SourceCase.Keyed().When(new RevokeKey("KEY-9")).ShouldBeRefusedBy("key-valid");
        var revoked = SourceCase.Keyed().After(TimeSpan.FromMinutes(1)).When(new RevokeKey("KEY-1")).ShouldBeAccepted();
        (revoked.State.Keys[0].ValidUntil, revoked.Told().Headline).ShouldBe((SourceCase.Start.AddMinutes(1), "Key KEY-1 (ingest host) revoked"));
        revoked.When(new RevokeKey("KEY-1")).ShouldBeRefusedBy("key-valid");
        revoked.When(new RotateKey("KEY-1").Hashed("h")).ShouldBeRefusedBy("key-valid");
        SourceCase.Keyed(TimeSpan.FromHours(1)).After(TimeSpan.FromHours(1)).When(new RevokeKey("KEY-1")).ShouldBeRefusedBy("key-valid");
    }
}
