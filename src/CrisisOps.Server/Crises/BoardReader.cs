using CrisisOps.Domain.Crises;
using CrisisOps.Domain.Elections;
using CrisisOps.Domain.Escalations;
using CrisisOps.Domain.Shared;
using CrisisOps.Server.Access;
using CrisisOps.Server.Streams;
using Npgsql;

namespace CrisisOps.Server.Crises;

/// <summary>
/// Makes boards from the folded states. What a board counts beside its crisis, escalations and elections, passes the rule of sight one
/// by one: what the reader may not see is not counted.
/// </summary>
public sealed class BoardReader(NpgsqlDataSource database, StreamLoader loader, StreamKinds kinds, TimeProvider clock)
{
    /// <summary>Most boards that one answer holds; there are never so many live crises.</summary>
    private const int Most = 200;

    private const int WorstCases = 20;

    /// <summary>The boards of all live crises that the caller may see, the worst first.</summary>
    public async Task<IReadOnlyList<CrisisBoard>> Live(Caller caller, CancellationToken cancellation)
    {
        string[] live = [nameof(CrisisState.Active), nameof(CrisisState.Stabilizing)];
        var boards = await Of(await Keys("CR", "e.state = any", live, caller, cancellation), caller, cancellation);
        return [.. boards.OrderBy(b => b.Level).ThenBy(b => b.DeclaredAt)];
    }

    /// <summary>The boards of those of these crises that the caller may see.</summary>
    public async Task<IReadOnlyList<CrisisBoard>> Of(IReadOnlyCollection<string> keys, Caller caller, CancellationToken cancellation)
    {
        List<(Crisis Crisis, Audience Audience)> crises = [];
        foreach (var held in (await loader.Load(keys, cancellation)).Values.Where(h => h.Version > 0))
        {
            if (held.State is Crisis crisis && Audience(crisis.Key, crisis, caller) is { } audience)
            {
                crises.Add((crisis, audience));
            }
        }

        var cases = await loader.Load([.. crises.SelectMany(c => c.Crisis.Escalations.Select(e => e.Key)).Distinct(StringComparer.Ordinal)], cancellation);
        var elections = crises.Count == 0 ? [] : await Elections(caller, cancellation);
        return [.. crises.Select(c => Board(c.Crisis, c.Audience, caller, cases, elections))];
    }

    private CrisisBoard Board(Crisis crisis, Audience audience, Caller caller, Dictionary<string, HeldState> cases, IReadOnlyList<ElectionEvent> elections)
    {
        var board = CrisisBoard.Of(crisis, audience, caller, clock.GetUtcNow());
        return board with
        {
            OpenEscalations = audience is Domain.Shared.Audience.Core or Domain.Shared.Audience.CrossFunctional ? Open(crisis, audience, caller, cases) : null,
            Elections =
            [
                .. from election in elections
                   where election.Exercise == crisis.Exercise && Regions.Intersect(crisis.Regions, election.Regions)
                   select new ElectionNear(election.Key, election.Title, election.Stage),
            ],
        };
    }

    private OpenCases Open(Crisis crisis, Audience audience, Caller caller, Dictionary<string, HeldState> cases)
    {
        Escalation[] open =
        [
            .. from attached in crisis.Escalations
               let state = cases[attached.Key].State as Escalation
               where state is { Open: true, EffectiveSeverity: Severity.SEV1 or Severity.SEV2 } && Audience(state.Key, state, caller) is < Domain.Shared.Audience.Partner
               orderby state.EffectiveSeverity, state.RaisedAt
               select state,
        ];
        var sev1 = open.Count(e => e.EffectiveSeverity == Severity.SEV1);
        string Say(string text) => audience == Domain.Shared.Audience.Core ? text : Masking.Hide(text, crisis.MaskedTerms);
        return new OpenCases(sev1, open.Length - sev1, [.. open.Take(WorstCases).Select(e => new OpenCase(e.Key, e.EffectiveSeverity, Say(e.Title), e.Owner))]);
    }

    private async Task<IReadOnlyList<ElectionEvent>> Elections(Caller caller, CancellationToken cancellation)
    {
        string[] ahead = [nameof(ElectionPhase.Registered), nameof(ElectionPhase.Assessed), nameof(ElectionPhase.Closed), nameof(ElectionPhase.Cancelled)];
        var states = await loader.Load(await Keys("EL", "e.state <> all", ahead, caller, cancellation), cancellation);
        return [.. states.Values.Select(h => h.State).OfType<ElectionEvent>().Where(e => Audience(e.Key, e, caller) is not null).OrderBy(e => e.ElectionDay)];
    }

    private async Task<IReadOnlyList<string>> Keys(string kind, string states, string[] named, Caller caller, CancellationToken cancellation)
    {
        var arguments = new SqlArguments();
        var sight = Sight.Sql("e", SightRows.Cards, caller, arguments);
        await using var command = database.Statement(
            $"select e.key from crisis.cards e where e.kind = {arguments.Add(kind)} and {states} ({arguments.Add(named)}) and {sight.Visible} order by e.opened_at desc limit {Most}",
            arguments.Values);
        await using var reader = await command.ExecuteReaderAsync(cancellation);
        List<string> keys = [];
        while (await reader.ReadAsync(cancellation))
        {
            keys.Add(reader.GetString(0));
        }

        return keys;
    }

    private Audience? Audience(string key, object state, Caller caller) => Sight.AudienceOf(kinds.Of(key).SightOf(state), caller);
}
