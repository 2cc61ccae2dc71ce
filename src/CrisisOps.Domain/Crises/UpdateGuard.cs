using CrisisOps.Domain.Shared;

namespace CrisisOps.Domain.Crises;

/// <summary>The texts of an update for everybody but Core.</summary>
internal static class UpdateText
{
    public static Entry AddressedTo(this Entry entry, string id, IReadOnlyList<UpdateFor> audiences, string condition, string? actions, string? needs, string? next)
    {
        foreach (var (audience, text) in audiences)
        {
            entry = audience switch
            {
                Audience.CrossFunctional => entry.ToCrossFunctional(
                    $"{id}: {text ?? condition}", text is not null ? next : Join([actions is null ? null : $"Actions: {actions}", needs is null ? null : $"Needs: {needs}", next])),
                Audience.Executive => entry.ToExecutive($"{id}: {text ?? condition}", Join([needs is null || text is not null ? null : $"Needs: {needs}", next])),
                Audience.Public => (entry with { ReleasedAs = Tlp.CLEAR, Tlp = null }).ToPublic(text ?? condition),
                _ => entry,
            };
        }

        return entry;
    }

    public static string? Join(IEnumerable<string?> parts) => string.Join("; ", parts.OfType<string>()) is { Length: > 0 } text ? text : null;
}

/// <summary>Who may say what to whom.</summary>
internal static class UpdateGuard
{
    private static readonly UpdateFor[] _default = [new(Audience.Core), new(Audience.CrossFunctional)];

    /// <summary>What stands in Core in any case needs no name; a later text for the same audience wins.</summary>
    public static IReadOnlyList<UpdateFor> Audiences(IReadOnlyList<UpdateFor?>? named) =>
        named?.OfType<UpdateFor>().ToArray() is { Length: > 0 } some ? [.. some.GroupBy(a => a.Audience).Select(g => g.Last())] : _default;

    public static bool IsPublic(IReadOnlyList<UpdateFor> audiences) => audiences.Any(a => a.Audience == Audience.Public);

    /// <summary>Only what somebody outside Core was told counts as an update (domain §9.2).</summary>
    public static bool ToldSomebody(IReadOnlyList<UpdateFor> audiences) => audiences.Any(a => a.Audience != Audience.Core);

    public static string NextId(Crisis state) => $"U-{state.Updates.Count + 1}";

    public static Tlp TlpOf(IReadOnlyList<UpdateFor> audiences, Tlp? named, Crisis state) => IsPublic(audiences) ? Tlp.CLEAR : named ?? state.Tlp;

    public static Ruling? Check(IReadOnlyList<UpdateFor> audiences, string? draftedBy, Crisis state, DecisionContext context)
    {
        if (audiences.Any(a => a.Audience == Audience.Partner))
        {
            return Ruling.Refuse("partners-by-alert", "Partners are told by an alert that names them.", "issue-alert", "update-alert");
        }

        if (!IsPublic(audiences))
        {
            return audiences.Any(a => a.Audience == Audience.Executive)
                ? CrisisGivers.Command.Check(state, context)
                : new CrisisGivers([.. CrisisGivers.Everyone.Holders, CommandRole.PlanningSectionChief, CommandRole.PublicInformationOfficer, CommandRole.LiaisonOfficer])
                {
                    Specialists = true,
                    Leads = true,
                }.Check(state, context);
        }

        if (audiences.Count > 1)
        {
            return Ruling.Refuse("public-alone", "A public statement is an update of its own, TLP:CLEAR; tell the others apart.");
        }

        if (CrisisGivers.CommanderAlone.Check(state, context) is { } refused)
        {
            return refused;
        }

        return draftedBy is null || draftedBy == context.Caller.Id || !state.Holds(draftedBy, CommandRole.PublicInformationOfficer)
            ? Ruling.Refuse(
                "public-draft", "A public statement is drafted by the public information officer: name that person in draftedBy, or use a draft.",
                "draft-public-update", "approve-public-update", "release-holding-line")
            : null;
    }

    /// <summary>What goes public names no perpetrator.</summary>
    public static Ruling? Published(IReadOnlyList<UpdateFor> audiences, string condition, Crisis state) =>
        IsPublic(audiences) && state.Leaked(audiences.Select(a => a.Text ?? condition)) is { } term
            ? Ruling.Refuse("masked-term", $"'{term}' is never told to the public; leave it out.")
            : null;
}
