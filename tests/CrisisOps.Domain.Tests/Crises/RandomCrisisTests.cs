using CrisisOps.Domain.Crises;
using CrisisOps.Domain.Escalations;
using CrisisOps.Domain.Shared;
using Shouldly;
using static CrisisOps.Domain.Tests.Harness.RandomWalks;

namespace CrisisOps.Domain.Tests.Crises;

/// <summary>Whatever people do in whatever order, a crisis stays a crisis: domain §2.2 for random sequences of all commands.</summary>
public class RandomCrisisTests
{
    /// <summary>The transitions of domain §2.2 as amended by §9: from each stage to every stage it may move to by one event.</summary>
    private static readonly Dictionary<CrisisState, CrisisState[]> _legal = new()
    {
        [CrisisState.None] = [CrisisState.Proposed],
        [CrisisState.Proposed] = [CrisisState.Active, CrisisState.Rejected, CrisisState.Merged],
        [CrisisState.Active] = [CrisisState.Stabilizing, CrisisState.Merged, CrisisState.Annulled],
        [CrisisState.Stabilizing] = [CrisisState.Active, CrisisState.StoodDown, CrisisState.Merged, CrisisState.Annulled],
        [CrisisState.StoodDown] = [CrisisState.Active, CrisisState.UnderReview],
        [CrisisState.UnderReview] = [CrisisState.Active, CrisisState.Closed],
        [CrisisState.Closed] = [],
        [CrisisState.Rejected] = [],
        [CrisisState.Merged] = [],
        [CrisisState.Annulled] = [],
    };

    [Fact]
    public void No_sequence_of_commands_breaks_a_crisis() =>
        Check<Crisis, CrisisCase>(() => new RandomCrisis(), Sound, Settled);

    [Fact]
    public void Random_sequences_reach_every_event()
    {
        var seen = new HashSet<Type>();
        for (var seed = 0; seed < 1500; seed++)
        {
            var sequence = new RandomCrisis();
            sequence.Begin(seed);
            for (var step = 0; step < 25; step++)
            {
                sequence.Step((seed * 1000) + step);
            }

            seen.UnionWith(sequence.Case.History.Select(h => h.Event.GetType()));
        }

        typeof(Crisis).Assembly.GetTypes().Where(t => t is { IsClass: true } && t.IsAssignableTo(typeof(ICrisisEvent))).Except(seen).Select(t => t.Name).ShouldBeEmpty();
    }

    [Fact]
    public void Every_command_shows_a_body_in_the_documentation_and_no_timer_does()
    {
        RandomCrisis.Commands.Distinct().Count().ShouldBe(RandomCrisis.Commands.Count());
        RandomCrisis.Documentation(Crisis.None, new CrisisCase().Context).ShouldAllBe(d => d.Timer == (d.Bodies == 0));
    }

    [Fact]
    public void No_event_shares_its_name_with_one_of_another_stream()
    {
        static string[] Names(Type @event) => [.. typeof(Crisis).Assembly.GetTypes().Where(t => t.IsClass && t.IsAssignableTo(@event)).Select(t => t.Name)];
        Names(typeof(ICrisisEvent)).Intersect(Names(typeof(IEscalationEvent))).ShouldBeEmpty();
    }

    private static void Settled(CrisisCase given)
    {
        var state = given.State;
        var commanded = given.History.Any(h => h.After.Commander is not null);
        Hold(!state.Live || !commanded || state.Commander is not null, "a live crisis that had a commander has one");
        Hold(state.Stage is not (CrisisState.Merged or CrisisState.Annulled or CrisisState.Closed) || !state.ActiveLevers.Any(), "no lever outlives its crisis");
        Hold(!state.Live || state.FinalReported || state.NextSitRepDue is not null, "a live crisis reports, until the Final");
    }

    private static void Sound(object @event, Crisis before, Crisis after, Stamp stamp)
    {
        Hold(after.Version == stamp.Version, $"versions have no gaps: {after.Version}, not {stamp.Version}");
        Hold(before.Stage == after.Stage || _legal[before.Stage].Contains(after.Stage), $"{@event.GetType().Name} moved {before.Stage} to {after.Stage}");
        Hold(after.Roles.Count(r => r.Role == CommandRole.IncidentCommander) <= 1, "never two commanders");
        Hold(Distinct(after.Roles.Select(r => (r.Role, r.Person))), "nobody holds a role twice");
        Hold(after.Levers.All(l => l.ExpiresAt > l.ActivatedAt && l.ExpiresAt <= stamp.RecordedAt.AddDays(14)), "every lever has an end, in 14 days at most");
        Hold(after.Levers.All(l => l.Approver != l.Owner), "nobody approves a lever of their own");
        Hold(Distinct(after.Deadlines.Select(d => (d.Kind, d.Ref, d.Generation))), "a deadline is one of its kind");
        Hold(Distinct(after.Alerts.Select(a => a.AlertId)) && Distinct(after.Updates.Select(u => u.UpdateId)) && Distinct(after.Levers.Select(l => l.LeverId)), "ids are given once");
        Hold(after.Alerts.All(a => a.References.SequenceEqual(after.Alerts.TakeWhile(b => b != a).Where(b => b.Chain == a.Chain).Select(b => b.AlertId))), "a message references its predecessors");
        Hold(Distinct(after.HeldUpdates.Select(h => h.HeldId)) && after.HeldUpdates.All(h => h.ReleaseAt > h.HeldAt && h.ReleaseAt <= h.HeldAt.AddMinutes(2)), "an update is held back for two minutes at most");
        Hold(after.HeldUpdates.All(h => (h.State == HoldState.Posted) == (h.PostedAs is not null && after.Updates.Any(u => u.BaseId == h.PostedAs))), "what was held back went out or did not");
        Hold(after.Alerts.All(a => Distinct(a.Undelivered)), "that a partner was not reached is said once for each message");
        Hold(@event is not SitRepOverdue overdue || overdue.DueAt <= stamp.RecordedAt, "nothing is overdue before it is due");
        Told(((ICrisisEvent)@event).Tell(before, after, stamp)!, @event, after);
    }

    private static void Told(Entry entry, object @event, Crisis after)
    {
        var others = entry.Others.ToDictionary(o => o.Key, o => $"{o.Value.Headline} {o.Value.Body}");
        Hold(@event is not CrisisLawEnforcementReferred || (others.Count == 0 && entry.Tlp == Tlp.RED), "law enforcement is told of in Core only, RED");
        Hold(@event is not (CrisisUpdateHeld or CrisisUpdateWithdrawn) || others.Count == 0, "what is held back is told in Core only");
        Hold(after.MaskedTerms.All(term => others.Values.All(text => !text.Contains(term, StringComparison.OrdinalIgnoreCase))), $"{@event.GetType().Name} tells a masked term outside Core");
        Hold(!others.ContainsKey(Audience.Partner) || @event is PartnerAlertIssued or PartnerAlertUpdated or PartnerAlertCancelled, $"{@event.GetType().Name} tells partners");
        Hold(!others.ContainsKey(Audience.Public) || (others.Count == 1 && entry.ReleasedAs == Tlp.CLEAR), "a public text is public alone");
    }
}
