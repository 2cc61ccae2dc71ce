using CrisisOps.Domain.Crises;
using CrisisOps.Domain.Shared;
using CrisisOps.Domain.Subscriptions;
using Shouldly;

namespace CrisisOps.Domain.Tests.Subscriptions;

/// <summary>What a subscription is about.</summary>
public class SubscriptionScopeTests
{
    private static readonly NewsFacts _crisis = new("CR-2027-0007", CrisisType.ElectionIntegrity, null, CrisisLevel.Level2, ["XN-01"], null, ["EL-XN-2027-01"]);
    private static readonly NewsFacts _case = new("ESC-2027-000101", null, Severity.SEV2, null, ["XN"], PolicyArea.VoterInterference, []);

    [Fact]
    public void An_empty_scope_is_about_everything()
    {
        new SubscriptionScope().Holds(_crisis).ShouldBeTrue();
        new SubscriptionScope().Holds(_case).ShouldBeTrue();
        new SubscriptionScope([], [], null, null, [], [], []).Holds(_case).ShouldBeTrue();
    }

    [Theory]
    [InlineData("CR", true)]
    [InlineData("CR-2027-0007", true)]
    [InlineData("ESC", false)]
    [InlineData("CR-2027-000", false)]
    [InlineData("C", false)]
    public void Streams_are_named_by_kind_or_by_key(string stream, bool holds) => new SubscriptionScope(Streams: ["EL", stream]).Holds(_crisis).ShouldBe(holds);

    [Fact]
    public void A_part_that_the_news_does_not_have_leaves_it_in()
    {
        new SubscriptionScope(Types: [CrisisType.ArmedConflict], MinLevel: CrisisLevel.Level1).Holds(_case).ShouldBeTrue();
        new SubscriptionScope(MinSeverity: Severity.SEV1, PolicyAreas: [PolicyArea.ChildSafety]).Holds(_crisis).ShouldBeTrue();
    }

    [Fact]
    public void The_least_severity_and_level_take_the_worse_with_them()
    {
        (Holds(_case, new(MinSeverity: Severity.SEV3)), Holds(_case, new(MinSeverity: Severity.SEV2)), Holds(_case, new(MinSeverity: Severity.SEV1))).ShouldBe((true, true, false));
        (Holds(_crisis, new(MinLevel: CrisisLevel.Level3)), Holds(_crisis, new(MinLevel: CrisisLevel.Level2)), Holds(_crisis, new(MinLevel: CrisisLevel.Level1))).ShouldBe((true, true, false));
    }

    [Fact]
    public void Regions_take_their_parts_with_them_and_news_of_everywhere_is_of_each()
    {
        (Holds(_crisis, new(Regions: ["XN"])), Holds(_crisis, new(Regions: ["XN-01"])), Holds(_crisis, new(Regions: ["XN-02"])), Holds(_crisis, new(Regions: ["XS"]))).ShouldBe((true, true, false, false));
        Holds(_crisis with { Regions = [] }, new(Regions: ["XS"])).ShouldBeTrue();
    }

    [Fact]
    public void Every_part_that_is_named_must_hold()
    {
        Holds(_crisis, new(Types: [CrisisType.ElectionIntegrity, CrisisType.CivilUnrest], Elections: ["EL-XN-2027-01"])).ShouldBeTrue();
        Holds(_crisis, new(Types: [CrisisType.CivilUnrest], Elections: ["EL-XN-2027-01"])).ShouldBeFalse();
        Holds(_crisis, new(Elections: ["EL-XN-2027-02"])).ShouldBeFalse();
        Holds(_case, new(Elections: ["EL-XN-2027-01"])).ShouldBeFalse("a case that is linked to no election is of none");
        Holds(_case, new(PolicyAreas: [PolicyArea.ChildSafety])).ShouldBeFalse();
    }

    private static bool Holds(NewsFacts news, SubscriptionScope scope) => scope.Holds(news);
}
