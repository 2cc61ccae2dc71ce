using CrisisOps.Domain.Shared;

namespace CrisisOps.Server.Access;

/// <summary>What decides who may see a stream: the same facts stand in its row and are computed from its state.</summary>
/// <param name="Owners">Owner and co-owners; they always read their own case, wherever it is.</param>
/// <param name="Named">Persons who may read RED.</param>
/// <param name="Glass">Persons reading by break-glass now.</param>
/// <param name="Consulted">Functions asked for input.</param>
/// <param name="Involved">Roles the case waits for (an approval, a press line, a legal order).</param>
/// <param name="Specialists">As whom a specialist of its region reads it: Core for a case, CrossFunctional for a crisis or an election in which they hold no role; null when being a specialist is no reason to read it.</param>
public sealed record SightFacts(
    Tlp Tlp,
    string[] Regions,
    string[] Owners,
    string[] Named,
    string[] Glass,
    Function[] Consulted,
    Role[] Involved,
    string? RequesterPartner,
    Audience? Specialists = Audience.Core)
{
    public bool Same(SightFacts other) =>
        Tlp == other.Tlp && Specialists == other.Specialists && RequesterPartner == other.RequesterPartner && Regions.SequenceEqual(other.Regions) && Owners.SequenceEqual(other.Owners)
        && Named.SequenceEqual(other.Named) && Glass.SequenceEqual(other.Glass) && Consulted.SequenceEqual(other.Consulted) && Involved.SequenceEqual(other.Involved);
}
