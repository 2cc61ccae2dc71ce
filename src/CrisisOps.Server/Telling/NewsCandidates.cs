using CrisisOps.Domain.Crises;
using CrisisOps.Domain.Escalations;
using CrisisOps.Domain.Intake;
using CrisisOps.Domain.Risks;
using CrisisOps.Domain.Shared;
using CrisisOps.Server.Access;

namespace CrisisOps.Server.Telling;

/// <summary>
/// Who may have to be told of what: whoever asked for it, who is on duty for the crisis, who has a role in it, and whom it needs now. Whether they
/// may read it is decided after that.
/// </summary>
public sealed class NewsCandidates(TellingSettings settings, PeopleDirectory people)
{
    /// <summary>Whether anybody at all could be concerned; asked before anything of the incident is read.</summary>
    public bool Any(string stream, News news, Book book, DateTimeOffset now) =>
        news.Personal || news.Ends || news.Corrects is not null || (OfCrises(stream) && (book.Duties.Count > 0 || book.ByRef.Count > 0))
        || book.Subscriptions.Any(s => s.Subscription.TellsAt(now) && MayHold(s, stream));

    public async Task<IReadOnlyList<Candidate>> Of(object? @event, NewsEntry entry, NewsContext context, Book book, DateTimeOffset now, CancellationToken cancellation)
    {
        if (entry.News.Personal)
        {
            return @event is null ? [] : await Persons(@event, context, book, now, cancellation);
        }

        return Concerned(context, book, now);
    }

    /// <summary>Whoever asked for what happens to an incident, or has to know of it.</summary>
    public IReadOnlyList<Candidate> Concerned(NewsContext context, Book book, DateTimeOffset now) =>
    [
        .. book.Subscriptions.Where(s => s.Subscription.TellsAt(now) && s.Subscription.Scope.Holds(context.Facts)).Select(Candidate.Of),
        .. context.State is Crisis crisis ? OfCrisis(crisis, book, now) : [],
    ];

    private static bool OfCrises(string stream) => stream.StartsWith("CR-", StringComparison.Ordinal);

    private static bool MayHold(BookedSubscription booked, string stream) =>
        booked.Subscription.Scope.Streams is not { Count: > 0 } streams || streams.Exists(s => s == stream || stream.StartsWith($"{s}-", StringComparison.Ordinal));

    /// <summary>Command reads as Core; who is on duty for a function as the rule says.</summary>
    private IEnumerable<Candidate> OfCrisis(Crisis crisis, Book book, DateTimeOffset now) =>
    [
        .. crisis.Roles.Select(r => r.Person).Distinct(StringComparer.Ordinal).Select(person => Candidate.OnDuty(person, book, "role in this crisis", Audience.Core, [])),
        .. from rule in settings.DutyRules
           from duty in OnDuty(rule.Function, crisis.Regions, book, now)
           select Candidate.OnDuty(duty.Person, book, $"on duty for {rule.Function}", rule.Audience, duty.Channels) with { Within = rule.Within, Every = rule.Every },
    ];

    private static IEnumerable<Duty> OnDuty(Function function, IReadOnlyCollection<string> regions, Book book, DateTimeOffset now) =>
        book.Duties.Where(d => d.Function == function && !(d.Until <= now) && Regions.Intersect(regions, [d.Region]));

    private async Task<IReadOnlyList<Candidate>> Persons(object @event, NewsContext context, Book book, DateTimeOffset now, CancellationToken cancellation)
    {
        Candidate Person(string id, string because) => Candidate.OnDuty(id, book, because, Audience.Core, []);
        return (@event, context.State) switch
        {
            (CommandRoleAssigned e, _) => [Person(e.Person, $"{e.Role} now")],
            (CommandTransferred e, _) => [Person(e.To, "commands now")],
            (CommandAssumed e, _) => [Person(e.To, "commands now"), .. e.From is { } from ? [Person(from, "commanded until now")] : (Candidate[])[]],
            (SitRepOverdue, Crisis c) => [.. Holder(c, CommandRole.PlanningSectionChief).Select(p => Person(p, "situation report overdue"))],
            (PartnerAckOverdue, Crisis c) => [.. Holder(c, CommandRole.LiaisonOfficer).Select(p => Person(p, "acknowledgement of a partner overdue"))],
            (CrisisUpdateOverdue or CrisisUpdateAckOverdue, Crisis c) => [.. Holder(c, CommandRole.IncidentCommander).Select(p => Person(p, "update overdue"))],
            (EscalationAssigned e, _) => [Person(e.Assignee, "assigned to them")],
            (EscalationReassigned e, _) => [Person(e.To, "assigned to them")],
            (InputRequested e, Escalation c) => Asked(e, c, book, now),
            (CrisisProposed, _) => await Leads(context, book, "a crisis is proposed", now, cancellation),
            (SurgeDetected, _) => await Leads(context, book, "a surge of reports", now, cancellation),
            (SlaBreached or LegalDeadlineMissed, Escalation c) => [.. c.Owner is { } owner ? [Person(owner, "their case")] : (Candidate[])[], .. await Leads(context, book, "a clock ran out", now, cancellation)],
            (SourceFellSilent, AlertSource s) => await Woken(s, context, book, now, cancellation),
            _ => [],
        };
    }

    /// <summary>What nobody hears of can be anything, so somebody looks at once.</summary>
    private async Task<IReadOnlyList<Candidate>> Woken(AlertSource source, NewsContext context, Book book, DateTimeOffset now, CancellationToken cancellation)
    {
        Candidate[] onDuty =
            [.. OnDuty(Function.Engineering, source.Regions, book, now).Select(d => Candidate.OnDuty(d.Person, book, $"on duty for {Function.Engineering}", Audience.CrossFunctional, d.Channels))];
        return onDuty.Length > 0 ? onDuty : await Leads(context, book, "a source fell silent", now, cancellation);
    }

    /// <summary>A consult reaches who is on duty for that function and region, not a mailbox; if nobody is, that is on the record.</summary>
    private static Candidate[] Asked(InputRequested asked, Escalation state, Book book, DateTimeOffset now)
    {
        IReadOnlyCollection<string> regions = asked.Region is { } region ? [region] : state.Regions;
        Candidate[] onDuty =
            [.. OnDuty(asked.Function!.Value, regions, book, now).Select(d => Candidate.OnDuty(d.Person, book, $"on duty for {asked.Function}", Audience.CrossFunctional, d.Channels))];
        return onDuty.Length > 0 ? onDuty : [new Candidate($"{asked.Function}", null, null, "asked", Audience.CrossFunctional, Tlp.RED, [])];
    }

    private async Task<IReadOnlyList<Candidate>> Leads(NewsContext context, Book book, string because, DateTimeOffset now, CancellationToken cancellation) =>
        [.. (await people.OnShift([Role.DutyLead], [.. context.Facts.Regions], now, cancellation)).Select(p => Candidate.OnDuty(p.Id, book, because, Audience.Core, []))];

    private static IEnumerable<string> Holder(Crisis crisis, CommandRole role) => (crisis.HolderOf(role) ?? crisis.Commander) is { } person ? [person] : [];
}
