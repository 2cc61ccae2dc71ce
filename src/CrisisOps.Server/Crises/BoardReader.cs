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
public sealed class BoardReader(NpgsqlDataSource database, StreamLoader loader, PastStates pasts, StreamKinds kinds, TimeProvider clock)
{
    /// <summary>Most boards that one answer holds; there are never so many live crises.</summary>
    private const int Most = 200;

    private const int WorstCases = 20;

    /// <summary>The boards of all crises live now, or then, that the caller may see, the worst first.</summary>
    public async Task<IReadOnlyList<CrisisBoard>> Live(Caller caller, Past? past, CancellationToken cancellation)
    {
        var boards = await Of(await Seen("CR", caller, past, cancellation), caller, past, cancellation);
        return [.. boards.Where(b => b.State is nameof(CrisisState.Active) or nameof(CrisisState.Stabilizing)).OrderBy(b => b.Level).ThenBy(b => b.DeclaredAt)];
    }

    /// <summary>The boards of those of these crises that the caller may see and that were there.</summary>
    public async Task<IReadOnlyList<CrisisBoard>> Of(IReadOnlyCollection<string> keys, Caller caller, Past? past, CancellationToken cancellation)
    {
        var now = await loader.Load(keys, cancellation);
        var linked = now.Values.Select(h => h.State).OfType<Crisis>().SelectMany(Linked).Distinct(StringComparer.Ordinal);
        foreach (var (key, held) in await loader.Load([.. linked, .. await Elections(caller, past, cancellation)], cancellation))
        {
            now[key] = held;
        }

        var then = now;
        if (past is not null)
        {
            then = await pasts.Load(now.Keys, past, cancellation);
        }

        return [.. keys.Select(key => Board(key, then, now, caller, past?.At(clock) ?? clock.GetUtcNow())).OfType<CrisisBoard>()];
    }

    /// <summary>The escalations that are or ever were part of it.</summary>
    public static IEnumerable<string> Linked(Crisis crisis) => crisis.Escalations.Select(e => e.Key).Concat(crisis.Detached);

    /// <summary>The elections that the caller may see and that run now, or that were there by then.</summary>
    public Task<IReadOnlyList<string>> Elections(Caller caller, Past? past, CancellationToken cancellation) => Seen("EL", caller, past, cancellation);

    /// <summary>The board of a crisis as it stood; null when it was not there, or the caller may not see it now.</summary>
    /// <param name="then">The crisis, its escalations and all elections as they stood.</param>
    /// <param name="now">The same as they are: what may be seen is judged by it. An election that it does not hold is out of sight, whatever it was before.</param>
    public CrisisBoard? Board(string key, IReadOnlyDictionary<string, HeldState> then, IReadOnlyDictionary<string, HeldState> now, Caller caller, DateTimeOffset at)
    {
        if (then.GetValueOrDefault(key) is not { Version: > 0, State: Crisis crisis } || now[key].State is not Crisis current || Audience(key, current, caller) is not { } audience)
        {
            return null;
        }

        return CrisisBoard.Of(crisis, current, audience, caller, at) with
        {
            OpenEscalations = audience is Domain.Shared.Audience.Core or Domain.Shared.Audience.CrossFunctional ? Open(crisis, current, audience, caller, then, now) : null,
            Elections =
            [
                .. from election in then.Values.Select(h => h.State).OfType<ElectionEvent>()
                   where now.ContainsKey(election.Key) && Running(election) && election.Exercise == crisis.Exercise && Regions.Intersect(crisis.Regions, election.Regions) && Audience(election.Key, now[election.Key].State, caller) is not null
                   orderby election.ElectionDay
                   select new ElectionNear(election.Key, election.Title, election.Stage),
            ],
        };
    }

    private static bool Running(ElectionEvent election) =>
        election.Stage is not (ElectionPhase.None or ElectionPhase.Registered or ElectionPhase.Assessed or ElectionPhase.Closed or ElectionPhase.Cancelled);

    private OpenCases Open(Crisis crisis, Crisis current, Audience audience, Caller caller, IReadOnlyDictionary<string, HeldState> then, IReadOnlyDictionary<string, HeldState> now)
    {
        Escalation[] open =
        [
            .. from attached in crisis.Escalations
               let state = then.GetValueOrDefault(attached.Key)?.State as Escalation
               where state is { Open: true, EffectiveSeverity: Severity.SEV1 or Severity.SEV2 } && Audience(state.Key, now[state.Key].State, caller) is < Domain.Shared.Audience.Partner
               orderby state.EffectiveSeverity, state.RaisedAt
               select state,
        ];
        var sev1 = open.Count(e => e.EffectiveSeverity == Severity.SEV1);
        string Say(string text) => audience == Domain.Shared.Audience.Core ? text : Masking.Hide(text, current.MaskedTerms);
        return new OpenCases(sev1, open.Length - sev1, [.. open.Take(WorstCases).Select(e => new OpenCase(e.Key, e.EffectiveSeverity, Say(e.Title), TlpNames.Of(e.Tlp), e.Owner))]);
    }

    /// <summary>The streams of a kind that the caller may see and that are open, or were there by then; the newest.</summary>
    private async Task<IReadOnlyList<string>> Seen(string kind, Caller caller, Past? past, CancellationToken cancellation)
    {
        var arguments = new SqlArguments();
        var sight = Sight.Sql("e", SightRows.Cards, caller, arguments);
        var when = past?.Began("e.key", "e.opened_at", arguments) ?? "e.open";
        await using var command = database.Statement(
            $"select e.key from crisis.cards e where e.kind = {arguments.Add(kind)} and {when} and {sight.Visible} order by e.opened_at desc limit {Most}", arguments.Values);
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
