using System.Collections.Immutable;

namespace CrisisOps.Domain.Shared;

/// <summary>What a decision comes to: events to append, or a refusal that says why.</summary>
public abstract record Ruling
{
    private Ruling()
    {
    }

    public sealed record Accepted(ImmutableArray<object> Events) : Ruling;

    public sealed record Refused(Refusal Refusal) : Ruling;

    public static Ruling Accept(params object[] events) => new Accepted([.. events]);

    /// <summary>Refused by a named guard: 422 <c>/problems/guard-failed</c>.</summary>
    /// <param name="instead">Commands that a person stuck here can use at once (the break-glass way of domain §9.1).</param>
    public static Ruling Refuse(string guard, string detail, params string[] instead) =>
        new Refused(new Refusal(RefusalKind.GuardFailed, guard, detail) { Instead = [.. instead] });

    public static Ruling Refuse(RefusalKind kind, string guard, string detail, params string[] instead) =>
        new Refused(new Refusal(kind, guard, detail) { Instead = [.. instead] });
}

/// <summary>Why a command was refused; each kind is a problem type of domain §6.4.</summary>
public enum RefusalKind { GuardFailed, IllegalTransition, Forbidden, TlpDenied, PolicyNotAcknowledged, LegalHold, Invalid }

/// <param name="Guard">The stable name of the guard, in kebab-case.</param>
/// <param name="Detail">A sentence for the person at 03:00: what is missing and what to do.</param>
public sealed record Refusal(RefusalKind Kind, string Guard, string Detail)
{
    /// <summary>Commands that do the urgent part now, without the second person.</summary>
    public ImmutableArray<string> Instead { get; init; } = [];

    /// <summary>The roles that could give this command; the server names who of them is on duty.</summary>
    public ImmutableArray<Role> Roles { get; init; } = [];
}
