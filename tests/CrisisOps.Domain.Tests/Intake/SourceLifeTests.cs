using CrisisOps.Domain.Intake;
using CrisisOps.Domain.Shared;
using Shouldly;

namespace CrisisOps.Domain.Tests.Intake;

/// <summary>suspend, resume, retire; and with what a source signs.</summary>
public class SourceLifeTests
{
    [Fact]
    public void It_is_suspended_with_a_reason_and_resumed()
    {
        SourceCase.Keyed().When(new SuspendSource(" ")).ShouldBeRefusedBy("reason-given");
        var suspended = SourceCase.Suspended();
        (suspended.State.Stage, suspended.State.Open, suspended.Told().Body).ShouldBe((SourceState.Suspended, true, "it floods"));
        suspended.When(new SuspendSource("again")).ShouldBeRefused(RefusalKind.IllegalTransition);
        suspended.When(new ResumeSource("fixed")).ShouldBeAccepted().State.Stage.ShouldBe(SourceState.Active);
        suspended.When(new ResumeSource()).ShouldBeRefused(RefusalKind.IllegalTransition);
    }

    [Fact]
    public void It_is_retired_for_good()
    {
        SourceCase.Keyed().When(new RetireSource(" ")).ShouldBeRefusedBy("reason-given");
        var retired = SourceCase.Suspended().When(new RetireSource("switched off"), SourceCase.Admin).ShouldBeAccepted();
        (retired.State.Stage, retired.State.Open, retired.State.EndedAt).ShouldBe((SourceState.Retired, false, SourceCase.Start));
        retired.When(new IssueKey("x").Hashed("h")).ShouldBeRefused(RefusalKind.IllegalTransition);
        retired.When(new ResumeSource()).ShouldBeRefused(RefusalKind.IllegalTransition);
    }

    [Fact]
    public void A_signing_secret_is_a_number_that_counts_up()
    {
        SourceCase.Registered().When(new RotateSigningSecret()).ShouldBeRefusedBy("secret-issued");
        var signing = SourceCase.Registered().When(new IssueSigningSecret()).ShouldBeAccepted();
        (signing.State.SigningGeneration, signing.State.OldSigningUntil).ShouldBe((1, null));
        signing.When(new IssueSigningSecret()).ShouldBeRefusedBy("secret-new");
        signing.When(new RotateSigningSecret(TimeSpan.FromDays(8))).ShouldBeRefusedBy("overlap-range");
        signing.When(new RotateSigningSecret(TimeSpan.Zero)).ShouldBeAccepted();
        (signing.State.SigningGeneration, signing.State.OldSigningUntil).ShouldBe((2, SourceCase.Start));
        signing.When(new RotateSigningSecret()).ShouldBeAccepted().State.OldSigningUntil.ShouldBe(SourceCase.Start.AddHours(24));
        signing.Told().Body.ShouldBe("the old one is valid until 2027-03-02 09:00Z");
    }

    [Fact]
    public void Coop_signs_with_one_key_or_none()
    {
        SourceCase.Registered().When(new SetCoopKey(null)).ShouldBeRefusedBy("change-given");
        var set = SourceCase.Registered().When(new SetCoopKey("pem")).ShouldBeAccepted();
        set.State.CoopPublicKey.ShouldBe("pem");
        set.When(new SetCoopKey("pem")).ShouldBeRefusedBy("change-given");
        set.When(new SetCoopKey(null)).ShouldBeAccepted().State.CoopPublicKey.ShouldBeNull();
    }
}
