using CrisisOps.Domain.Shared;
using CrisisOps.Server.Intake;

namespace CrisisOps.Server.Streams;

/// <summary>A command on its way to a lane: the Wolverine message of HTTP, timers and reactions alike.</summary>
/// <param name="Key">The stream; null for a command that opens one.</param>
public sealed record Order<TCommand>(string? Key, TCommand Command, Caller Caller, OrderTerms Terms)
    where TCommand : Command
{
    /// <summary>What a log may say of a command: never its payload.</summary>
    public override string ToString() => $"{typeof(TCommand).Name} on {Key ?? "a new stream"}";
}

/// <summary>How a command is to be taken.</summary>
/// <param name="Scope">Subject, route and idempotency key in one hash; null for a command that may be repeated freely.</param>
/// <param name="Body">Hash of the body: another body under the same key is refused.</param>
/// <param name="ExpectedVersion">From <c>If-Match</c>: refuse with 412 if the stream has moved.</param>
/// <param name="DryRun">Decide and answer, but write nothing.</param>
/// <param name="Alert">The alert that raises this case: stored in the same commit, or neither is.</param>
public sealed record OrderTerms(
    Guid? Scope = null, Guid Body = default, long? ExpectedVersion = null, string? Correlation = null, string? Causation = null, bool DryRun = false, RaisingAlert? Alert = null)
{
    public static readonly OrderTerms None = new();
}
