using System.Text.Json.Nodes;
using CrisisOps.Domain.Shared;
using CrisisOps.Server.Access;
using Npgsql;

namespace CrisisOps.Server.Streams;

/// <summary>What the lanes must know of one kind of stream. One per capability; adding one edits no list.</summary>
public abstract class StreamKind
{
    /// <summary>The first part of its keys, for example <c>ESC</c>.</summary>
    public abstract string Prefix { get; }

    /// <summary>The segment of its paths, for example <c>escalations</c>.</summary>
    public abstract string Plural { get; }

    public virtual KindExample Example => new("ESC-2027-000101", "EscalationRaised", "Received", "FindingRecorded", "Investigating", ("findingId", "FND-1"));

    public abstract Type StateType { get; }

    /// <summary>Every event of this stream.</summary>
    public abstract Type EventType { get; }

    public abstract object None(string key);

    public abstract object Fold(object state, object @event, Stamp stamp);

    public abstract Entry? Tell(object @event, object before, object after, Stamp stamp);

    /// <summary>The state as people name it.</summary>
    public abstract string StateName(object state);

    public abstract Tlp TlpOf(object state);

    public abstract IReadOnlyCollection<string> RegionsOf(object state);

    public abstract IEnumerable<Deadline> Deadlines(object state);

    /// <summary>A state of the past as an audience may read it.</summary>
    /// <param name="now">The state of now: what is masked or more secret than the stream is judged by it.</param>
    public abstract JsonObject ViewThen(object then, Audience audience, object now);

    /// <summary>What decides who may see it.</summary>
    public abstract SightFacts SightOf(object state);

    /// <summary>Where the row stands that says it to queries.</summary>
    public abstract SightRows SightRows { get; }

    /// <summary>True when nothing but the version differs, as after a note: then no row of the state is looked at.</summary>
    public virtual bool OnlyVersionMoved(object before, object after) => false;

    /// <summary>Whether the caller may know that this stream exists. The same rule as the readers' query.</summary>
    public bool Visible(object state, Caller caller) => Sight.AudienceOf(SightOf(state), caller) is not null;

    /// <summary>True when its own timeline shows other streams too.</summary>
    public virtual bool Gathers => false;

    /// <summary>The gathered timelines on which what happens here is shown: those of the streams it is linked to, and its own if it gathers.</summary>
    public virtual IEnumerable<string> Timelines(object state) => [];

    /// <summary>The key a stream opened by this command gets, when the command itself says it; null means the next number.</summary>
    public virtual string? KeyFor(Command command) => null;

    /// <summary>The first part of a new key with its year, for example <c>ESC-2027</c>.</summary>
    public virtual string KeyPrefix(Command command, DateTimeOffset now) => $"{Prefix}-{now.UtcDateTime.Year:D4}";

    /// <summary>Digits of the number at the end of a new key.</summary>
    public virtual int KeyDigits => 6;

    /// <summary>The natural key of an opening command, or null: twins meet in one lane and get one stream.</summary>
    public virtual string? NaturalKey(Command command, Caller caller) => null;

    /// <summary>Brings the read models of this stream up to date, in the same transaction. Nothing is written for what no list shows.</summary>
    public abstract void Project(IReadOnlyList<StreamChange> changes, NpgsqlBatch batch);
}

/// <summary>A stream before and after a batch.</summary>
public sealed record StreamChange(string Key, object Before, object After, IReadOnlyList<PendingEvent> Events);

/// <summary>An event about to be appended, with the states around it.</summary>
public sealed record PendingEvent(Guid Id, string Key, object Data, Stamp Stamp, object Before, object After, Entry? Entry, Caller Caller, OrderTerms Terms, Tlp Tlp)
{
    /// <summary>Folds an event onto a state and says what the timeline tells of it.</summary>
    /// <param name="tlp">Secrecy that the command asked for, if higher than the stream's own.</param>
    public static PendingEvent On(object before, StreamKind kind, string key, object data, Stamp stamp, Caller caller, OrderTerms terms, Tlp? tlp)
    {
        var after = kind.Fold(before, data, stamp);
        var entry = kind.Tell(data, before, after, stamp);
        var secrecy = entry?.ReleasedAs ?? Max(kind.TlpOf(after), Max(tlp ?? Tlp.CLEAR, entry?.Tlp ?? Tlp.CLEAR));
        return new PendingEvent(Guid.CreateVersion7(stamp.RecordedAt), key, data, stamp, before, after, entry, caller, terms, secrecy);
    }

    private static Tlp Max(Tlp one, Tlp other) => one > other ? one : other;
}

/// <inheritdoc/>
public abstract class StreamKind<TState> : StreamKind
    where TState : class
{
    public sealed override Type StateType => typeof(TState);

    public sealed override Type EventType => typeof(IStreamEvent<TState>);

    public sealed override Entry? Tell(object @event, object before, object after, Stamp stamp) =>
        ((IStreamEvent<TState>)@event).Tell((TState)before, (TState)after, stamp);
}
