using CrisisOps.Domain.Shared;

namespace CrisisOps.Domain.Escalations;

/// <summary>
/// Puts a question to a function or to the requester. Questions are parallel items, possible from any open state
/// (domain §9.4). One to the requester pauses the pausable clocks; one to a function does not.
/// </summary>
/// <param name="Function">Who is asked; either this or <paramref name="FromRequester"/>.</param>
/// <param name="Region">Where the function is asked; absent means wherever it is on duty.</param>
public sealed record RequestInput(string Question, DateTimeOffset DueAt, Function? Function = null, string? Region = null, bool FromRequester = false)
    : Command, IEscalationCommand<RequestInput>
{
    public static CommandRule<Escalation> Rule { get; } = Givers.WhileOpen("request-input", Givers.Specialists);

    public static Ruling Decide(RequestInput command, Escalation state, DecisionContext context)
    {
        if (command.Function is null != command.FromRequester)
        {
            return Ruling.Refuse("one-is-asked", "Ask either a function or, with fromRequester: true, the requester; one question each.");
        }

        if (command.FromRequester && state.Requester is null)
        {
            return Ruling.Refuse("requester-known", "Nobody is known as the requester of this case; ask a function.");
        }

        if (command.DueAt <= context.Now)
        {
            return Ruling.Refuse("due-ahead", "dueAt must lie ahead.");
        }

        var asked = new InputRequested(
            $"CON-{state.Consults.Count + 1}", command.Function, command.Region, command.FromRequester, command.Question, command.DueAt, command.Tlp);
        return Ruling.Accept([asked, .. command.FromRequester ? SlaClockPause.Begin(state) : []]);
    }

    public static IEnumerable<RequestInput> Samples(Escalation state, DecisionContext context)
    {
        yield return new("May this stay up under local law?", context.Now.AddHours(1), Shared.Function.Legal, state.Regions is [var region, ..] ? region : null);
        if (state.Requester is not null)
        {
            yield return new("When was this filmed?", context.Now.AddHours(1), FromRequester: true);
        }
    }
}

/// <param name="External">True when the requester is asked.</param>
/// <param name="Tlp">As the question was marked; null for as the case is.</param>
public sealed record InputRequested(string ConsultId, Function? Function, string? Region, bool External, string Question, DateTimeOffset DueAt, Tlp? Tlp = null) : IEscalationEvent
{
    public Escalation Apply(Escalation state, Stamp stamp) =>
        state with { Consults = state.Consults.Add(new Consult(ConsultId, Function, Region, External, Question, DueAt, stamp.Actor) { Tlp = Tlp }) };

    public Entry Tell(Escalation before, Escalation after, Stamp stamp)
    {
        var due = $"answer due {DueAt:HH:mm}Z";
        var entry = new Entry(EntryKind.Update, $"{ConsultId}: asked {Asked.Whom(Function, External)}{(Region is null ? "" : $" ({Region})")}, {due}", Question);
        return (Function, External) switch
        {
            (_, true) => entry.ToCrossFunctional().ToPartner($"We have a question for you, please answer by {DueAt:yyyy-MM-dd HH:mm}Z", Question),
            (Shared.Function.LawEnforcementOutreach, _) => entry.ToCrossFunctional($"{ConsultId}: asked {Asked.WhomOutsideCore(Function, External)}, {due}"),
            _ => entry.ToCrossFunctional(),
        };
    }
}

/// <summary>Who was asked, in words. Outside Core nothing is said of law enforcement (domain §4).</summary>
internal static class Asked
{
    public static string Whom(Function? function, bool external) => external ? "the requester" : $"{function}";

    public static string WhomOutsideCore(Function? function, bool external) =>
        function == Function.LawEnforcementOutreach ? "a function" : Whom(function, external);
}
