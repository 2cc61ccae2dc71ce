namespace CrisisOps.Domain.Shared;

/// <summary>Who gives a command or reads: the verified content of a token, or the system itself.</summary>
/// <param name="Id">The subject, for example <c>spec-04</c>; stands on every event.</param>
/// <param name="Regions">ISO 3166-1/-2 codes; <c>*</c> means every region.</param>
/// <param name="Clearance">The highest TLP this caller may read or write.</param>
/// <param name="Partner">The partner organisation a partner's token speaks for.</param>
public sealed record Caller(
    string Id,
    ActorType Type,
    IReadOnlySet<Role> Roles,
    IReadOnlySet<Function> Functions,
    IReadOnlyList<string> Regions,
    Tlp Clearance,
    string? Partner = null)
{
    /// <summary>The server acting by rule: deadlines and reactions.</summary>
    public static readonly Caller System = new("system", ActorType.System, new HashSet<Role> { Role.System }, new HashSet<Function>(), ["*"], Tlp.RED);

    public bool Is(Role role) => Roles.Contains(role);

    public bool IsAny(IEnumerable<Role> roles) => roles.Any(Roles.Contains);

    /// <summary>The role that stands on the event: the first of the command's roles that the caller holds.</summary>
    public Role RoleFor(IEnumerable<Role> givers)
    {
        foreach (var role in givers)
        {
            if (Roles.Contains(role))
            {
                return role;
            }
        }

        return Roles.Order().FirstOrDefault(Role.Specialist);
    }
}
