using CrisisOps.Domain.Shared;

namespace CrisisOps.Domain.Intake;

/// <summary>The source promises to be heard of that often: by an alert, or by a heartbeat when there is none. When it is not, somebody is told.</summary>
/// <param name="Every">PT1M to P7D; null when it promises nothing any more.</param>
public sealed record ExpectHeartbeat(TimeSpan? Every) : Command, IAlertSourceCommand<ExpectHeartbeat>
{
    private static readonly TimeSpan _shortest = TimeSpan.FromMinutes(1);
    private static readonly TimeSpan _longest = TimeSpan.FromDays(7);

    public static CommandRule<AlertSource> Rule { get; } = SourceGivers.WhileOpen("expect-heartbeat");

    public static Ruling Decide(ExpectHeartbeat command, AlertSource state, DecisionContext context)
    {
        if (command.Every < _shortest || command.Every > _longest)
        {
            return Ruling.Refuse("heartbeat-range", "every is one minute to 7 days, for example PT5M; null ends it.");
        }

        return command.Every == state.HeartbeatEvery
            ? Ruling.Refuse("change-given", command.Every is null ? "No heartbeat is expected of it." : "That often it is expected already.")
            : Ruling.Accept(new HeartbeatExpected(command.Every));
    }

    public static IEnumerable<ExpectHeartbeat> Samples(AlertSource state, DecisionContext context) => [new(TimeSpan.FromMinutes(5)), new(TimeSpan.FromMinutes(10))];
}

/// <param name="Every">Null when nothing is expected any more.</param>
public sealed record HeartbeatExpected(TimeSpan? Every) : IAlertSourceEvent
{
    public AlertSource Apply(AlertSource state, Stamp stamp) =>
        state with { HeartbeatEvery = Every, HeardAt = stamp.RecordedAt, SilentSince = null, HeartbeatAims = state.HeartbeatAims + 1 };

    private static string Words(TimeSpan time) => string.Join(' ', new[] { (time.Days, "d"), (time.Hours, "h"), (time.Minutes, "min"), (time.Seconds, "s") }.Where(p => p.Item1 > 0).Select(p => $"{p.Item1} {p.Item2}"));

    public Entry Tell(AlertSource before, AlertSource after, Stamp stamp) => new Entry(
        EntryKind.Note, Every is { } every ? $"To be heard of every {Words(every)}" : "No heartbeat is expected any more").ToCrossFunctional();
}
