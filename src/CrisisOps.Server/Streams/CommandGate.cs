using CrisisOps.Domain.Shared;
using CrisisOps.Server.Access;

namespace CrisisOps.Server.Streams;

/// <summary>
/// What every command must pass before it is decided, in this order: the stream is there for this caller, the role,
/// the version, the secrecy, the instant, the state. Lanes, dry runs and the list of allowed commands all ask here.
/// </summary>
public static class CommandGate
{
    private static readonly DateTimeOffset _oldest = new(2000, 1, 1, 0, 0, 0, TimeSpan.Zero);

    /// <summary>How far the world may run ahead of our clock.</summary>
    public static readonly TimeSpan ClockTolerance = TimeSpan.FromMinutes(2);

    /// <summary>Whether the stream is there at all, for this caller and this command.</summary>
    public static bool Exists<TState>(CommandRule<TState> rule, StreamKind kind, HeldState held, Caller caller)
        where TState : class
    {
        if (rule.Opens)
        {
            return true;
        }

        // Whoever may break the glass may name a stream out of sight; for everybody else it does not exist.
        return held.Version > 0 && (kind.Visible(held.State, caller) || (rule.Unsighted && caller.IsAny(rule.Roles)));
    }

    public static Refusal? Role<TState>(CommandRule<TState> rule, Caller caller) => caller.IsAny(rule.Roles)
        ? null
        : new Refusal(RefusalKind.Forbidden, "role", $"'{rule.Name}' is given by: {string.Join(", ", rule.Roles.Select(RoleNames.Of))}.") { Roles = [.. rule.Roles] };

    public static Refusal? Shape(Command command, Caller caller, DateTimeOffset now)
    {
        if (command.Tlp > caller.Clearance)
        {
            return new Refusal(RefusalKind.TlpDenied, "clearance", "You can not write above your own clearance.");
        }

        return command.OccurredAt switch
        {
            { } ahead when ahead > now + ClockTolerance => new Refusal(RefusalKind.Invalid, "occurredAt", "occurredAt lies more than two minutes ahead of the server's clock."),
            { } old when old < _oldest => new Refusal(RefusalKind.Invalid, "occurredAt", "occurredAt lies before the year 2000."),
            _ => null,
        };
    }

    public static Refusal? State<TState>(CommandRule<TState> rule, StreamKind kind, TState state)
        where TState : class =>
        rule.Admits(state) ? null : new Refusal(RefusalKind.IllegalTransition, "transition", $"'{rule.Name}' is not possible from {kind.StateName(state)}.");
}
