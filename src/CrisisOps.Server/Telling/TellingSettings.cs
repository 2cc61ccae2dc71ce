using CrisisOps.Domain.Shared;

namespace CrisisOps.Server.Telling;

/// <summary>The section <c>Telling</c>: who is told of a crisis because of their duty, and how much one person is told at most.</summary>
public sealed record TellingSettings
{
    /// <summary>Messages that one recipient gets of one incident within <see cref="Window"/>; what is more comes in one digest at the end of it.</summary>
    public int MostInWindow { get; init; } = 6;

    public TimeSpan Window { get; init; } = TimeSpan.FromMinutes(15);

    /// <summary>Who on the duty list is told of a crisis in their region; none given means those of domain §4.</summary>
    public DutyRule[] Duties { get; init; } = [];

    private static readonly DutyRule[] _standard =
    [
        new() { Function = Function.Legal, Within = TimeSpan.FromMinutes(10) },
        new() { Function = Function.Comms, Within = TimeSpan.FromMinutes(10) },
        new() { Function = Function.PublicPolicy, Within = TimeSpan.FromMinutes(10) },
        new() { Function = Function.GlobalOps, Within = TimeSpan.FromMinutes(30) },
        new() { Function = Function.Executive, Audience = Audience.Executive, Within = TimeSpan.FromMinutes(15), Every = TimeSpan.FromMinutes(60) },
    ];

    /// <summary>The rules in force.</summary>
    public DutyRule[] DutyRules => Duties.Length > 0 ? Duties : _standard;
}

/// <summary>Who is on duty for a function is told of a crisis of their region (domain §4, "must be told, and when").</summary>
public sealed record DutyRule
{
    public Function Function { get; init; }
    public Audience Audience { get; init; } = Audience.CrossFunctional;

    /// <summary>From the declaration. They are told at once; a message that arrives later than this is late.</summary>
    public TimeSpan Within { get; init; }

    /// <summary>They hear of it at least this often for as long as it lasts, even that there is nothing new; null means when there is news.</summary>
    public TimeSpan? Every { get; init; }
}
