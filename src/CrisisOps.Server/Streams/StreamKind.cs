using CrisisOps.Domain.Shared;
using Npgsql;

namespace CrisisOps.Server.Streams;

/// <summary>What the lanes must know of one kind of stream. One per capability; adding one edits no list.</summary>
public abstract class StreamKind
{
    /// <summary>The first part of its keys, for example <c>ESC</c>.</summary>
    public abstract string Prefix { get; }

    /// <summary>The segment of its paths, for example <c>escalations</c>.</summary>
    public abstract string Plural { get; }

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

    /// <summary>True when nothing but the version differs, as after a note: then no row of the state is looked at.</summary>
    public virtual bool OnlyVersionMoved(object before, object after) => false;

    /// <summary>Whether the caller may know that this stream exists. The same rule as the readers' query.</summary>
    public abstract bool Visible(object state, Caller caller);

    /// <summary>The first part of a new key with its year, for example <c>ESC-2027</c>.</summary>
    public virtual string KeyPrefix(DateTimeOffset now) => $"{Prefix}-{now.UtcDateTime.Year:D4}";

    /// <summary>The natural key of an opening command, or null: twins meet in one lane and get one stream.</summary>
    public virtual string? NaturalKey(Command command, Caller caller) => null;

    /// <summary>Brings the read models of this stream up to date, in the same transaction. Nothing is written for what no list shows.</summary>
    public abstract void Project(IReadOnlyList<StreamChange> changes, NpgsqlBatch batch);
}

/// <summary>A stream before and after a batch.</summary>
public sealed record StreamChange(string Key, object Before, object After, IReadOnlyList<PendingEvent> Events);

/// <summary>An event about to be appended, with the states around it.</summary>
public sealed record PendingEvent(Guid Id, string Key, object Data, Stamp Stamp, object Before, object After, Entry? Entry, Caller Caller, OrderTerms Terms, Tlp Tlp);

/// <inheritdoc/>
public abstract class StreamKind<TState> : StreamKind
    where TState : class
{
    public sealed override Type StateType => typeof(TState);

    public sealed override Type EventType => typeof(IStreamEvent<TState>);

    public sealed override Entry? Tell(object @event, object before, object after, Stamp stamp) =>
        ((IStreamEvent<TState>)@event).Tell((TState)before, (TState)after, stamp);
}
