namespace CrisisOps.Domain.Shared;

/// <summary>What every command may carry beside its own members.</summary>
public abstract record Command
{
    /// <summary>When it happened in the world, if earlier than the post. At most two minutes ahead of the server's clock.</summary>
    public DateTimeOffset? OccurredAt { get; init; }

    /// <summary>Secrecy of the entry this command makes, if higher than the stream's own.</summary>
    public Tlp? Tlp { get; init; }
}

/// <summary>A command on a stream: who may give it, from where, and the pure function that decides it.</summary>
public interface ICommand<TState, TSelf>
    where TSelf : Command, ICommand<TState, TSelf>
{
    static abstract CommandRule<TState> Rule { get; }

    /// <summary>Decides. Pure: no clock, no database; the rule's roles and states were checked before.</summary>
    static abstract Ruling Decide(TSelf command, TState state, DecisionContext context);

    /// <summary>
    /// Bodies that would be accepted now if any would, most likely first. The server lists a command as allowed
    /// when one of its samples passes <see cref="Decide"/>, and shows that sample; so a list and a decision can not disagree.
    /// </summary>
    static abstract IEnumerable<TSelf> Samples(TState state, DecisionContext context);

    /// <summary>
    /// What else the samples choose from: sought only when none is accepted without, and then they are asked for again.
    /// Null, as for most commands, when the state says it all.
    /// </summary>
    static virtual Candidates? ChoosesFrom(TState state, Caller caller) => null;
}

/// <summary>The name of a command in the API, who may give it, and the states from which it is legal.</summary>
/// <param name="Name">Kebab-case, the last segment of its path.</param>
/// <param name="Roles">Any of these suffices; everybody else is refused.</param>
public sealed record CommandRule<TState>(string Name, IReadOnlyList<Role> Roles, Func<TState, bool> Admits)
{
    /// <summary>True for a command that a caller without sight of the stream may give (break-glass).</summary>
    public bool Unsighted { get; init; }

    /// <summary>True for a command that opens its stream.</summary>
    public bool Opens { get; init; }
}

/// <summary>A command that names persons whose facts its guard needs: loaded from the directory before it is decided.</summary>
public interface INamesPeople
{
    IEnumerable<string> People(string caller);
}

/// <summary>A command that names other streams: read fresh, and their versions asserted in the same commit.</summary>
public interface INamesStreams
{
    IEnumerable<string> Streams();
}

/// <summary>A command whose guard reads other streams that its own stream knows: read fresh and asserted, as <see cref="INamesStreams"/>.</summary>
public interface INamesStreamsOf<in TState>
{
    IEnumerable<string> Streams(TState state);
}

/// <summary>A command that names an entry of the timeline of its own stream, by version.</summary>
public interface INamesEntry
{
    long EntryVersion { get; }
}

/// <summary>A command whose guard asks a fact of a stream that comes later, by kind and id, from the directory.</summary>
public interface INamesFacts<in TState>
{
    IEnumerable<(string Kind, string Id)> Facts(TState state);
}
