using CrisisOps.Server.Intake;
using Shouldly;

namespace CrisisOps.Server.Tests.Intake;

/// <summary>A source that floods is told in its own turns; nobody else waits for it.</summary>
public sealed class FoldTurnsTests
{
    private readonly FoldTurns _turns = new();

    [Fact]
    public void The_cases_of_a_source_that_floods_are_not_among_those_of_the_others()
    {
        Waits("flood", FoldTurns.Few + 10);
        Waits("quiet", 1);

        _turns.Take(100, flooding: false).ShouldBe(["quiet-0"]);
        _turns.Take(100, flooding: false).ShouldBeEmpty();
        _turns.Take(5, flooding: true).Count.ShouldBe(5);
    }

    [Fact]
    public async Task What_is_left_of_a_flood_goes_with_the_others_who_are_woken_for_it()
    {
        Waits("flood", FoldTurns.Few + 10);
        _turns.Take(100, flooding: false).ShouldBeEmpty();
        var other = _turns.Wait(TimeSpan.FromMinutes(1), flooding: false, TestContext.Current.CancellationToken);

        _turns.Take(100, flooding: true).Count.ShouldBe(10);

        await other.WaitAsync(TimeSpan.FromSeconds(20), TestContext.Current.CancellationToken);
        _turns.Take(100, flooding: true).ShouldBeEmpty();
        _turns.Take(100, flooding: false).Count.ShouldBe(FoldTurns.Few);
    }

    [Fact]
    public void Of_several_sources_one_of_each_is_taken_in_turn_and_of_each_the_one_that_waits_longest()
    {
        Waits("first", 10);
        Waits("second", 2);

        _turns.Take(4, flooding: false).ShouldBe(["first-0", "second-0", "first-1", "second-1"], ignoreOrder: true);
    }

    [Fact]
    public void Of_a_flood_only_so_many_are_remembered_and_the_rest_is_asked_for_when_there_is_room()
    {
        Waits("flood", FoldTurns.Most + 100);
        _turns.TakeLeft().ShouldBeFalse("there is no room yet");
        Waits("quiet", 2);
        _turns.Add("danger", "flood", threat: true);

        _turns.Take(100, flooding: false).ShouldBe(["quiet-0", "quiet-1"], ignoreOrder: true);
        string[] taken = [.. _turns.Take(FoldTurns.Most * 2, flooding: true), .. _turns.Take(100, flooding: false)];

        taken.Length.ShouldBe(FoldTurns.Most + 1);
        taken.ShouldContain("danger");
        _turns.TakeLeft().ShouldBeTrue();
        _turns.TakeLeft().ShouldBeFalse("it was said once");
    }

    private void Waits(string source, int cases)
    {
        for (var number = 0; number < cases; number++)
        {
            _turns.Add($"{source}-{number}", source);
        }
    }
}
