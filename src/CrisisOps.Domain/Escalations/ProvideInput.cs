using CrisisOps.Domain.Shared;

namespace CrisisOps.Domain.Escalations;

/// <summary>
/// Answers a question. Whoever it was put to may answer: somebody of the function or on duty for it; for a question to the
/// requester the partner itself, or a specialist who passes on what the requester said (domain §9.6). A late answer is an answer.
/// </summary>
public sealed record ProvideInput(string ConsultId, string Text) : Command, IEscalationCommand<ProvideInput>
{
    public static CommandRule<Escalation> Rule { get; } = Givers.WhileOpen("provide-input", Givers.Consulted);

    public static Ruling Decide(ProvideInput command, Escalation state, DecisionContext context) =>
        state.Consults.Find(c => c.ConsultId == command.ConsultId) switch
        {
            null => Ruling.Refuse("consult-open", $"There is no question '{command.ConsultId}' on this case."),
            { State: ConsultState.Answered } answered =>
                Ruling.Refuse("consult-open", $"{answered.ConsultId} was answered already; record what is new as a finding.", "record-finding"),
            var consult when !MayAnswer(consult, state, context) => Ruling.Refuse(
                "question-put-to-caller",
                consult.External ? "This question was put to the requester." : $"This question was put to {consult.Function}; somebody of that function answers it."),
            var consult => Ruling.Accept(
                [new InputReceived(consult.ConsultId, consult.Function, consult.External, command.Text), .. SlaClockPause.End(state, consult)]),
        };

    public static IEnumerable<ProvideInput> Samples(Escalation state, DecisionContext context) =>
        state.Consults.IsEmpty
            ? [new("CON-1", "No objection.")]
            : state.Consults.Where(c => c.State != ConsultState.Answered).Select(c => new ProvideInput(c.ConsultId, "No objection."));

    private static bool MayAnswer(Consult consult, Escalation state, DecisionContext context)
    {
        var caller = context.Caller;
        return consult.External
            ? caller.IsAny(Givers.Specialists) || (caller.Is(Role.Partner) && caller.Partner is { } partner && partner == state.Requester?.PartnerId)
            : consult.Function is { } function && (caller.Functions.Contains(function) || context.OnDutyFor.Contains(function));
    }
}

public sealed record InputReceived(string ConsultId, Function? Function, bool External, string Text) : IEscalationEvent
{
    public Escalation Apply(Escalation state, Stamp stamp) => state.Settle(ConsultId, ConsultState.Answered);

    public Entry Tell(Escalation before, Escalation after, Stamp stamp)
    {
        var entry = new Entry(EntryKind.Update, $"{ConsultId}: {Asked.Whom(Function, External)} answered", Text);
        var bare = $"{ConsultId}: {Asked.WhomOutsideCore(Function, External)} answered";
        return (Function, External) switch
        {
            // What the requester writes can give away who it is; what Legal writes is privileged.
            (_, true) => entry.ToCrossFunctional(bare).ToPartner("We have received your answer"),
            (Shared.Function.Legal or Shared.Function.LawEnforcementOutreach, _) => entry.ToCrossFunctional(bare),
            _ => entry.ToCrossFunctional(),
        };
    }
}

internal static class ConsultEnd
{
    public static Escalation Settle(this Escalation state, string consultId, ConsultState end)
    {
        var index = state.Consults.FindIndex(c => c.ConsultId == consultId);
        return state with { Consults = state.Consults.SetItem(index, state.Consults[index] with { State = end }) };
    }
}
