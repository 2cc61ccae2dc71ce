using CrisisOps.Domain.Escalations;
using CrisisOps.Domain.Shared;
using Shouldly;

namespace CrisisOps.Domain.Tests.Escalations;

public class RestartLegalClockTests
{
    private static readonly RestartLegalClock _restart = new("TCO_REMOVAL_1H", Case.Start.AddMinutes(20));

    [Fact]
    public void The_clock_counts_from_the_clarification_for_as_long_as_it_was_given()
    {
        var restarted = Order().When(_restart, Case.LegalCounsel).ShouldBeAccepted();

        restarted.Clock(ClockKind.Legal).DueAt.ShouldBe(Case.Start.AddMinutes(80));
        restarted.Clock(ClockKind.Legal).StartedAt.ShouldBe(Case.Start.AddMinutes(20));
        restarted.Clock(ClockKind.Legal).Generation.ShouldBe(2);
        restarted.Told()!.Others.ShouldNotContainKey(Audience.Partner);
    }

    [Fact]
    public void The_clarification_lies_between_the_raise_and_now()
    {
        Order().When(_restart with { ClarificationReceivedAt = Case.Start.AddMinutes(31) }, Case.LegalCounsel).ShouldBeRefusedBy("clarification-time");
        Order().When(_restart with { ClarificationReceivedAt = Case.Start.AddSeconds(-1) }, Case.LegalCounsel).ShouldBeRefusedBy("clarification-time");
    }

    [Theory]
    [InlineData("DMCA_RESTORE")]
    [InlineData("ACK")]
    [InlineData(null)]
    public void Only_a_running_legal_clock_restarts(string? clockId) =>
        Order().When(_restart with { ClockId = clockId! }, Case.LegalCounsel).ShouldBeRefusedBy("legal-clock-runs");

    [Fact]
    public void Only_legal_restarts_it() => Order().When(_restart, Case.DutyLead).ShouldBeRefused(RefusalKind.Forbidden);

    private static Case Order() => Case.Raised(r => r with { LegalBasis = "EU-TCO-Art3" }).After(TimeSpan.FromMinutes(30));
}
