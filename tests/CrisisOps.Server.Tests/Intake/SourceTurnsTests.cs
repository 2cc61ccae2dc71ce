using CrisisOps.Server.Intake;
using Shouldly;

namespace CrisisOps.Server.Tests.Intake;

/// <summary>A source that floods leaves the others time, and itself no heap of what waits.</summary>
public sealed class SourceTurnsTests
{
    [Theory]
    [InlineData(600_000, 70, 30)] // a thousand were agreed to take 100 ms
    [InlineData(600_000, 130, 0)] // slower than agreed
    [InlineData(10_000_000, 70, 0)]
    [InlineData(6_000, 70, 35)] // a minute's worth may come at once: it is never held up for longer than half of its own time
    public void It_goes_at_the_pace_that_was_agreed(int perMinute, int taken, int pause) =>
        SourceTurns.Pause(1_000, perMinute, TimeSpan.FromMilliseconds(taken)).ShouldBe(TimeSpan.FromMilliseconds(pause));

    [Fact]
    public async Task One_bulk_of_a_source_is_read_at_a_time_and_nobody_else_waits_for_it()
    {
        var turns = new SourceTurns(null!, new IntakeSettings { Chunk = 10 }, null!);
        using var first = await turns.Read("SRC-001", 11);
        var second = turns.Read("SRC-001", 11);

        second.IsCompleted.ShouldBeFalse();
        (await turns.Read("SRC-001", 10)).ShouldBeNull();
        using (var other = await turns.Read("SRC-002", 11))
        {
            other.ShouldNotBeNull();
        }

        first!.Dispose();
        (await second)!.Dispose();
        using var third = await turns.Read("SRC-001", 11);
        third.ShouldNotBeNull();
    }
}
