using System.Collections.Immutable;
using CrisisOps.Domain.Escalations;
using CrisisOps.Domain.Shared;
using Shouldly;

namespace CrisisOps.Domain.Tests.Escalations;

/// <summary>17 USC 512(g)(2)(C): what was taken down comes back in 14 business days at most.</summary>
public class BusinessDayClockTests
{
    // Start is Saturday 15 May 2027; the fourteenth business day after it is Thursday 3 June.
    private static readonly DateTimeOffset _due = Case.Start.AddDays(19);

    [Fact]
    public void Weekends_do_not_count() => CounterNotice([]).Clock(ClockKind.Legal).DueAt.ShouldBe(_due);

    [Fact]
    public void A_holiday_of_the_United_States_moves_it_wherever_the_content_was_seen() =>
        CounterNotice(["US"]).Clock(ClockKind.Legal).DueAt.ShouldBe(_due.AddDays(1));

    [Fact]
    public void A_holiday_elsewhere_does_not_move_it() => CounterNotice(["XN"]).Clock(ClockKind.Legal).DueAt.ShouldBe(_due);

    [Fact]
    public void An_order_known_later_counts_by_the_same_calendar() =>
        Holidays(Case.Raised(), ["US"])
            .When(new Reclassify(Flags: [Flag.LegalOrder], LegalBasis: "17-USC-512")).ShouldBeAccepted()
            .Clock(ClockKind.Legal).DueAt.ShouldBe(_due.AddDays(1));

    [Fact]
    public void From_a_clarification_it_is_business_days_again()
    {
        // Clarified on Wednesday 19 May: the fourteenth business day is Tuesday 8 June, and one later with the holiday.
        var clarified = Case.Start.AddDays(4);
        CounterNotice(["US"]).At(clarified).When(new RestartLegalClock("DMCA_RESTORE", clarified), Case.LegalCounsel).ShouldBeAccepted()
            .Clock(ClockKind.Legal).DueAt.ShouldBe(clarified.AddDays(21));
    }

    [Fact]
    public void A_clock_that_an_order_set_itself_lasts_as_long_as_before() =>
        Case.Raised(r => r with { LegalBasis = "17-USC-512", HardDeadline = Case.Start.AddDays(2) }).After(TimeSpan.FromHours(1))
            .When(new RestartLegalClock("DMCA_RESTORE", Case.Start.AddHours(1)), Case.LegalCounsel).ShouldBeAccepted()
            .Clock(ClockKind.Legal).DueAt.ShouldBe(Case.Start.AddDays(2).AddHours(1));

    private static Case CounterNotice(string[] holidayIn) =>
        Holidays(new Case(), holidayIn).When(new RaiseEscalation("Counter-notice", Source.RightsHolder, Surface.Feed, Region: ["XN"], LegalBasis: "17-USC-512")).ShouldBeAccepted();

    /// <summary>Monday 31 May 2027 is a holiday there.</summary>
    private static Case Holidays(Case given, string[] regions) => given.Knowing(c => c with
    {
        Rules = c.Rules with { BusinessDays = new BusinessDays { Holidays = regions.ToImmutableDictionary(r => r, _ => ImmutableArray.Create(new DateOnly(2027, 5, 31))) } },
    });
}
