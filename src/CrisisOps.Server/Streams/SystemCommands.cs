using CrisisOps.Domain.Shared;
using Wolverine;

namespace CrisisOps.Server.Streams;

/// <summary>Commands that the server gives outside of a request and of a rule.</summary>
public static class SystemCommands
{
    /// <summary>Gives a command as the system; it may come twice, so its guard must bear that.</summary>
    /// <param name="key">The stream; null for a command that opens one.</param>
    public static Task<Reply> Give<TCommand>(this IServiceScopeFactory scopes, string? key, TCommand command, CancellationToken cancellation)
        where TCommand : Command =>
        scopes.Give(key, command, Caller.System, cancellation);

    /// <summary>The same as somebody who said so elsewhere than in a request of their own, such as with the link in a message.</summary>
    public static async Task<Reply> Give<TCommand>(this IServiceScopeFactory scopes, string? key, TCommand command, Caller caller, CancellationToken cancellation)
        where TCommand : Command
    {
        await using var scope = scopes.CreateAsyncScope();
        return await scope.ServiceProvider.GetRequiredService<IMessageBus>().InvokeAsync<Reply>(new Order<TCommand>(key, command, caller, OrderTerms.None), cancellation);
    }
}
