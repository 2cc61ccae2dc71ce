using CrisisOps.Domain.Shared;
using CrisisOps.Server.Access;
using CrisisOps.Server.Timelines;

namespace CrisisOps.Server.Streams;

/// <summary>Gathers what a decision may know: only what the command names, always fresh. Most commands name nothing.</summary>
public sealed class DecisionContexts(PeopleDirectory people, DutyList duty, FactStore facts, TimelineFacts timeline, Rules rules, TimeProvider clock)
{
    /// <summary>The instant for the next event of a stream: never backwards, cut to the microseconds the database keeps.</summary>
    public DateTimeOffset Now(DateTimeOffset last)
    {
        var now = clock.GetUtcNow();
        now = new DateTimeOffset(now.Ticks - (now.Ticks % TimeSpan.TicksPerMicrosecond), TimeSpan.Zero);
        return now > last ? now : last;
    }

    public async ValueTask<DecisionContext> For<TState>(
        Command command, string key, TState state, Caller caller, DateTimeOffset now, LaneReads reads, CancellationToken cancellation)
    {
        var context = new DecisionContext { Now = now, Caller = caller, Key = key, Rules = rules, OnDutyFor = await duty.FunctionsOf(caller.Id, now, cancellation) };
        if (command is INamesPeople named)
        {
            context = context with { People = await people.Find([.. named.People(caller.Id)], cancellation) };
        }

        string[] others = [.. command is INamesStreams streams ? streams.Streams() : [], .. command is INamesStreamsOf<TState> knows ? knows.Streams(state) : []];
        if (others.Length > 0)
        {
            context = context with { Streams = await reads.Others(others, caller, cancellation) };
        }

        if (command is INamesEntry entry)
        {
            context = context with { Entry = await timeline.Find(key, entry.EntryVersion, cancellation) };
        }

        return command is INamesFacts<TState> asks
            ? context with { Facts = await facts.Find([.. asks.Facts(state)], cancellation) }
            : context;
    }
}
