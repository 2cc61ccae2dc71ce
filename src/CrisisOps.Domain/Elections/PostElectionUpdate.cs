using CrisisOps.Domain.Crises;
using CrisisOps.Domain.Shared;

namespace CrisisOps.Domain.Elections;

/// <summary>
/// An update in the CAN shape; it needs only the condition (domain §9.4). Specialists post to Core and CrossFunctional, leads to Executive
/// too. An election has no public text: what the public reads comes of a crisis.
/// </summary>
/// <param name="Condition">What is known.</param>
/// <param name="Audiences">Who reads it, with a text of their own if they need one; absent means Core and CrossFunctional.</param>
public sealed record PostElectionUpdate(string Condition, string? Actions = null, string? Needs = null, IReadOnlyList<UpdateFor?>? Audiences = null)
    : Command, IElectionCommand<PostElectionUpdate>
{
    public static CommandRule<ElectionEvent> Rule { get; } = ElectionGivers.WhileOpen("post-update", ElectionGivers.Everyone);

    public static Ruling Decide(PostElectionUpdate command, ElectionEvent state, DecisionContext context)
    {
        var audiences = UpdateGuard.Audiences(command.Audiences);
        if (ElectionUpdateGuard.Check(audiences, context) is { } refused)
        {
            return refused;
        }

        return string.IsNullOrWhiteSpace(command.Condition)
            ? Ruling.Refuse("condition-given", "Say in condition what is known.")
            : Ruling.Accept(new ElectionUpdatePosted($"U-{state.Updates.Count + 1}", audiences, command.Tlp ?? state.Tlp, command.Condition, command.Actions, command.Needs));
    }

    public static IEnumerable<PostElectionUpdate> Samples(ElectionEvent state, DecisionContext context) =>
    [
        new("Posts say that the vote is postponed; the authority denies it.", "Posts are reviewed as they come.", "Comms: a line for the press."),
        new("Polling has begun; nothing unusual.", Audiences: [new(Audience.Executive)]),
    ];
}

public sealed record ElectionUpdatePosted(string UpdateId, IReadOnlyList<UpdateFor> Audiences, Tlp Tlp, string Condition, string? Actions, string? Needs) : IElectionEvent
{
    public ElectionEvent Apply(ElectionEvent state, Stamp stamp) => state with
    {
        Updates = state.Updates.Add(new ElectionUpdate(UpdateId, UpdateId, 0, stamp.Version, Audiences, Tlp, Condition)),
    };

    public Entry Say(ElectionEvent before, ElectionEvent after, Stamp stamp)
    {
        string?[] core = [Actions is null ? null : $"Actions: {Actions}", Needs is null ? null : $"Needs: {Needs}"];
        return new Entry(EntryKind.Update, $"{UpdateId}: {Condition}", UpdateText.Join(core)) { Tlp = Tlp }
            .AddressedTo(UpdateId, Audiences, Condition, Actions, Needs, next: null);
    }
}

/// <summary>Who may say what to whom.</summary>
internal static class ElectionUpdateGuard
{
    public static Ruling? Check(IReadOnlyList<UpdateFor> audiences, DecisionContext context)
    {
        if (audiences.Any(a => a.Audience is Audience.Partner or Audience.Public))
        {
            return Ruling.Refuse("update-audience", "An election's updates are read inside the company; partners and the public are told by a crisis.");
        }

        return audiences.Any(a => a.Audience == Audience.Executive) && !context.Caller.IsAny(ElectionGivers.Leads)
            ? new Ruling.Refused(new Refusal(RefusalKind.Forbidden, "executive-update", "Executives are told by the election lead or a duty lead.") { Roles = [.. ElectionGivers.Leads] })
            : null;
    }
}
