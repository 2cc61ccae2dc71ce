using CrisisOps.Domain.Intake;
using CrisisOps.Domain.Shared;
using Shouldly;
using static CrisisOps.Domain.Tests.Harness.RandomWalks;

namespace CrisisOps.Domain.Tests.Intake;

/// <summary>Whatever people and timers do in whatever order, a source stays one.</summary>
public class RandomSourceTests
{
    private static readonly Dictionary<SourceState, SourceState[]> _legal = new()
    {
        [SourceState.None] = [SourceState.Active],
        [SourceState.Active] = [SourceState.Suspended, SourceState.Retired],
        [SourceState.Suspended] = [SourceState.Active, SourceState.Retired],
        [SourceState.Retired] = [],
    };

    [Fact]
    public void No_sequence_of_commands_breaks_a_source() => Check<AlertSource, SourceCase>(() => new RandomSource(), Sound);

    [Fact]
    public void Random_sequences_reach_every_event()
    {
        var seen = new HashSet<Type>();
        for (var seed = 0; seed < 300; seed++)
        {
            var sequence = new RandomSource();
            sequence.Begin(seed);
            for (var step = 0; step < 20; step++)
            {
                sequence.Step((seed * 1000) + step);
            }

            seen.UnionWith(sequence.Case.History.Select(h => h.Event.GetType()));
        }

        typeof(AlertSource).Assembly.GetTypes().Where(t => t is { IsClass: true } && t.IsAssignableTo(typeof(IAlertSourceEvent))).Except(seen).Select(t => t.Name).ShouldBeEmpty();
    }

    [Fact]
    public void Every_command_shows_a_body_in_the_documentation()
    {
        RandomSource.Commands.Distinct().Count().ShouldBe(RandomSource.Commands.Count());
        RandomSource.Documentation(AlertSource.None, new SourceCase().Context).ShouldAllBe(d => d.Timer || d.Bodies > 0);
    }

    private static void Sound(object @event, AlertSource before, AlertSource after, Stamp stamp)
    {
        var name = @event.GetType().Name;
        Hold(after.Version == stamp.Version, $"versions have no gaps: {after.Version}, not {stamp.Version}");
        Hold(before.Stage == after.Stage || _legal[before.Stage].Contains(after.Stage), $"{name} moved {before.Stage} to {after.Stage}");
        Hold(after.RatePerMinute is >= 1 and <= 10_000_000, "a rate is a rate");
        Hold(after.SilentSince is null || after is { Stage: SourceState.Active, HeartbeatEvery: not null }, "only who promised to be heard of is silent");
        Hold(Distinct(after.Deadlines.Select(d => (d.Kind, d.Ref, d.Generation))), "a deadline is one row");
        Keys(after, stamp);
        Maintenance(before, after);
        var told = ((IAlertSourceEvent)@event).Tell(before, after, stamp);
        Hold((told is null) == (@event is SourceHeard), $"{name} stands on the timeline, unless it says only that all is well");
        Hold(told is null || (!told.Others.ContainsKey(Audience.Partner) && !told.Others.ContainsKey(Audience.Public)), "a source is told of inside only");
        Hold(told is null || after.Keys.All(k => !$"{told}{string.Join("", told.Others.Values)}".Contains(k.Hash!, StringComparison.Ordinal)), "no timeline tells a hash");
    }

    private static void Keys(AlertSource after, Stamp stamp)
    {
        Hold(after.Keys.Select((k, n) => k.KeyId == $"KEY-{n + 1}").All(numbered => numbered), "keys are numbered through, and none is lost");
        Hold(after.Keys.Count(k => k.ValidAt(stamp.RecordedAt)) <= 10, "ten keys are valid at most");
    }

    private static void Maintenance(AlertSource before, AlertSource after)
    {
        Hold(after.Maintenance.Select((w, n) => w.WindowId == $"MW-{n + 1}").All(numbered => numbered), "windows are numbered through, and none is lost");
        Hold(after.Maintenance.Zip(before.Maintenance).All(w => !(w.First.EndedUpTo < w.Second.EndedUpTo) && w.First.Ended >= w.Second.Ended), "what is over stays so");
        Hold(after.Maintenance.All(w => w.Next is not { } next || next.To > (w.EndedUpTo ?? DateTimeOffset.MinValue)), "an occurrence ends once");
    }
}
