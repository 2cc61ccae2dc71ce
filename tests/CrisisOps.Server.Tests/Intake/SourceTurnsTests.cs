using CrisisOps.Server.Intake;
using Shouldly;

namespace CrisisOps.Server.Tests.Intake;

/// <summary>A source that floods while others send leaves them time.</summary>
public sealed class SourceTurnsTests
{
    [Theory]
    [InlineData(600_000, 70, 30)] // a thousand were agreed to take 100 ms
    [InlineData(600_000, 130, 0)] // slower than agreed
    [InlineData(10_000_000, 70, 0)]
    [InlineData(6_000, 70, 35)] // a minute's worth may come at once: it is never held up for longer than half of its own time
    public void It_goes_at_the_pace_that_was_agreed(int perMinute, int taken, int pause) =>
        SourceTurns.Pause(1_000, perMinute, TimeSpan.FromMilliseconds(taken)).ShouldBe(TimeSpan.FromMilliseconds(pause));
}
