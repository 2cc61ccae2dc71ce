using System.Security.Cryptography;
using System.Text;
using CrisisOps.Domain.Shared;
using CrisisOps.Server.Streams;
using Wolverine;

namespace CrisisOps.Server.Reactions;

/// <summary>
/// An event that was committed, as a rule of domain §3 hears of it: a Wolverine message, in the order of commits. Whoever wants to react
/// writes a handler that takes it; nobody keeps a list, and a rule that fails holds up no other.
/// </summary>
/// <typeparam name="TEvent">The event of the domain.</typeparam>
/// <typeparam name="TRule">The handler: each rule hears of an event by itself.</typeparam>
public sealed record Happened<TEvent, TRule>(Guid Id, string Stream, TEvent Event, Stamp Stamp) : IHappened
    where TEvent : class
{
    /// <summary>What a log may say of it: never its payload.</summary>
    public override string ToString() => $"{typeof(TRule).Name}, {typeof(TEvent).Name} on {Stream}@{Stamp.Version}";

    /// <summary>Gives the command that the rule draws from this event; heard twice, it is given once.</summary>
    /// <param name="key">The stream; null to open one.</param>
    /// <param name="part">Tells apart what one rule gives to one stream.</param>
    /// <returns>Done or refused: a rule that comes too late is no fault.</returns>
    public async Task<Reply> Give<TCommand>(IMessageBus bus, string? key, TCommand command, CancellationToken cancellation, string part = "")
        where TCommand : Command
    {
        var hash = SHA256.HashData(Encoding.UTF8.GetBytes($"reaction\n{Id}:{typeof(TRule).Name}:{typeof(TCommand).Name}:{key}:{part}"));
        var terms = new OrderTerms(new Guid(hash.AsSpan(0, 16)), new Guid(hash.AsSpan(16, 16)), Correlation: $"{Stream}@{Stamp.Version}", Causation: $"event:{Id}:{typeof(TRule).Name}");
        var reply = await bus.InvokeAsync<Reply>(new Order<TCommand>(key, command, Caller.System, terms), cancellation);
        return reply is Reply.Busy ? throw new ReactionBusyException() : reply;
    }
}

/// <summary>A <see cref="Happened{TEvent, TRule}"/>, whatever the event.</summary>
internal interface IHappened;

/// <summary>A lane was full, or the database away: the event is heard again.</summary>
public sealed class ReactionBusyException() : Exception("The command of a rule could not be taken now.");
