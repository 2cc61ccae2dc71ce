using CrisisOps.Domain.Shared;
using CrisisOps.Server.Streams;
using Wolverine;

namespace CrisisOps.Server.Deadlines;

/// <summary>What a kind of deadline does when it runs out. One class for each kind, beside its capability; found by type.</summary>
public interface IDeadlineCommand
{
    /// <summary>The kind, as the rows have it.</summary>
    string Kind { get; }

    /// <summary>True for one that only the core team may know of; the others stand on the list of consulted functions too.</summary>
    bool CoreOnly { get; }

    /// <summary>Items of a kind for everybody of which only the core team may know.</summary>
    IReadOnlyList<string> CoreOnlyRefs { get; }

    Task<Reply> Send(IMessageBus bus, DueDeadline due, CancellationToken cancellation);
}

/// <inheritdoc/>
/// <param name="command">The command that the timer gives, from the row.</param>
public abstract class DeadlineCommand<TCommand>(string kind, Func<DueDeadline, TCommand> command) : IDeadlineCommand
    where TCommand : Command
{
    public string Kind => kind;

    public virtual bool CoreOnly => false;

    public virtual IReadOnlyList<string> CoreOnlyRefs => [];

    public Task<Reply> Send(IMessageBus bus, DueDeadline due, CancellationToken cancellation) =>
        bus.InvokeAsync<Reply>(new Order<TCommand>(due.Stream, command(due), Caller.System, due.Terms()), cancellation);
}

/// <summary>The kinds of deadline this server can fire.</summary>
public sealed class DeadlineCommands
{
    private readonly Dictionary<string, IDeadlineCommand> _byKind = typeof(DeadlineCommands).Assembly.GetTypes()
        .Where(type => !type.IsAbstract && type.IsAssignableTo(typeof(IDeadlineCommand)))
        .Select(type => (IDeadlineCommand)Activator.CreateInstance(type)!)
        .ToDictionary(command => command.Kind, StringComparer.Ordinal);

    /// <summary>A node of an older version leaves the kinds it does not know to the others.</summary>
    public string[] Kinds => [.. _byKind.Keys];

    public string[] CoreOnly => [.. _byKind.Values.Where(c => c.CoreOnly).Select(c => c.Kind)];

    /// <summary>Kind and item, with a slash between.</summary>
    public string[] CoreOnlyItems => [.. _byKind.Values.SelectMany(c => c.CoreOnlyRefs.Select(item => $"{c.Kind}/{item}"))];

    public IDeadlineCommand Of(string kind) => _byKind[kind];
}
