using CrisisOps.Domain.Shared;
using CrisisOps.Server.Intake;

namespace CrisisOps.Server.Streams;

/// <summary>
/// One batch of a lane: decides its commands in order in memory and collects what is to be written. Commands on the same
/// stream see each other's outcome; a refused one costs its neighbours nothing.
/// </summary>
public sealed class LaneBatch(BatchLookup lookup, LaneReads reads, DecisionContexts contexts, StreamKinds kinds)
{
    private readonly Dictionary<string, HeldState> _working = new(StringComparer.Ordinal);
    private readonly Dictionary<string, HeldState> _initial = new(StringComparer.Ordinal);
    private readonly Dictionary<Guid, StoredAnswer> _answers = lookup.Answers;
    private readonly Dictionary<string, string> _twins = lookup.Twins;
    private readonly List<(LaneItem Item, Reply Reply)> _replies = [];

    public List<PendingEvent> Events { get; } = [];

    public List<IdempotentAnswer> Answers { get; } = [];

    /// <summary>The alerts by which cases were raised, with the keys of these.</summary>
    public List<(string Escalation, RaisingAlert Raising)> Alerts { get; } = [];

    /// <summary>Nothing is to be written.</summary>
    public bool Empty => Events.Count == 0 && Answers.Count == 0;

    /// <summary>The states after the batch, to hold once it is committed.</summary>
    public IReadOnlyDictionary<string, HeldState> After => _working;

    public IReadOnlyDictionary<string, long> Asserted => reads.Asserted;

    /// <summary>Gives the batch a state to decide on.</summary>
    public void Hold(string key, HeldState held)
    {
        _initial[key] = _working[key] = held;
        reads.Working = key => _working.GetValueOrDefault(key);
    }

    /// <summary>Gives the batch a state unless it holds one already.</summary>
    public void Ensure(string key, HeldState held)
    {
        if (!_initial.ContainsKey(key))
        {
            Hold(key, held);
        }
    }

    public long InitialVersion(string key) => _initial[key].Version;

    public async ValueTask Decide(LaneItem item, CancellationToken cancellation)
    {
        var held = _working[item.Key];
        var stored = item.Terms.Scope is { } scope ? _answers.GetValueOrDefault(scope) : null;
        if (item.Known(held, stored) is { } known)
        {
            _replies.Add((item, known));
            return;
        }

        if (item.NaturalKey is { } natural && _twins.TryGetValue(natural, out var twin))
        {
            _replies.Add((item, await ReplyOfTwin(item, twin, cancellation)));
            return;
        }

        var decided = await item.Decide(held, contexts, reads, cancellation);
        if (decided.Reply is { } reply)
        {
            _replies.Add((item, reply));
            return;
        }

        Accept(item, held, decided.Events);
    }

    /// <summary>Decides a command and takes it into the batch if it is accepted; of one that is not, nothing stays.</summary>
    public async ValueTask<bool> TryAccept(LaneItem item, CancellationToken cancellation)
    {
        var held = _working[item.Key];
        if (item.Known(held, item.Terms.Scope is { } scope ? _answers.GetValueOrDefault(scope) : null) is not null)
        {
            return false;
        }

        var decided = await item.Decide(held, contexts, reads, cancellation);
        if (decided.Reply is not null)
        {
            return false;
        }

        Accept(item, held, decided.Events);
        return true;
    }

    /// <summary>What changed, stream by stream, in key order.</summary>
    public IEnumerable<StreamChange> Changes() => Events
        .GroupBy(e => e.Key, StringComparer.Ordinal)
        .OrderBy(group => group.Key, StringComparer.Ordinal)
        .Select(group => new StreamChange(group.Key, _initial[group.Key].State, _working[group.Key].State, [.. group]));

    /// <summary>Answers every caller; only after the commit.</summary>
    public void AnswerAll()
    {
        foreach (var (item, reply) in _replies)
        {
            item.Answer(reply);
        }
    }

    private void Accept(LaneItem item, HeldState held, IReadOnlyList<PendingEvent> events)
    {
        var kind = kinds.Of(item.Key);
        var after = events.Count == 0 ? held : new HeldState(events[^1].After, events[^1].Stamp.Version, events[^1].Stamp.RecordedAt);
        var answer = ReplyJson.Write(item.Key, after.Version, kind.StateName(after.State), events);
        var done = new Reply.Done(item.Key, after.Version, held.Version == 0, answer);
        if (item.Terms.DryRun)
        {
            _replies.Add((item, done with { Tried = events }));
            return;
        }

        _replies.Add((item, done));
        _working[item.Key] = after;
        Events.AddRange(events);
        if (item.Terms.Alert is { } alert)
        {
            Alerts.Add((item.Key, alert));
        }

        if (item.NaturalKey is { } natural)
        {
            _twins[natural] = item.Key;
        }

        if (item.Terms.Scope is { } scope)
        {
            _answers[scope] = new StoredAnswer(item.Terms.Body, item.Key, after.Version, answer);
            Answers.Add(new IdempotentAnswer(scope, item.Terms.Body, answer, after.RecordedAt));
        }
    }

    /// <summary>The natural key is taken: the twin gets the first one's key, if it may know of it.</summary>
    private async ValueTask<Reply> ReplyOfTwin(LaneItem item, string twin, CancellationToken cancellation)
    {
        var kind = kinds.Of(twin);
        if (_working.TryGetValue(twin, out var held) && kind.Visible(held.State, item.Caller))
        {
            return new Reply.Done(twin, held.Version, false, ReplyJson.Write(twin, held.Version, kind.StateName(held.State), []));
        }

        var seen = await reads.Others([twin], item.Caller, cancellation);
        return seen.TryGetValue(twin, out var state)
            ? new Reply.Done(twin, reads.Asserted[twin], false, ReplyJson.Write(twin, reads.Asserted[twin], kind.StateName(state), []))
            : new Reply.Refused(item.Key, 0, "None", new Refusal(RefusalKind.GuardFailed, "external-reference-unique", "This source and externalRef were reported before."));
    }
}

/// <summary>An answer to keep under its idempotency key.</summary>
public sealed record IdempotentAnswer(Guid Scope, Guid Body, string Answer, DateTimeOffset RecordedAt);
