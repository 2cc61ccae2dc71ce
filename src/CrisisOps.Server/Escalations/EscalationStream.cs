using System.Text.Json.Nodes;
using CrisisOps.Domain.Escalations;
using CrisisOps.Domain.Shared;
using CrisisOps.Server.Access;
using CrisisOps.Server.Streams;
using Npgsql;

namespace CrisisOps.Server.Escalations;

/// <summary>Escalations, as the lanes know them.</summary>
public sealed class EscalationStream : StreamKind<Escalation>
{
    public override string Prefix => "ESC";

    public override string Plural => "escalations";

    public override object None(string key) => Escalation.None with { Key = key };

    public override object Fold(object state, object @event, Stamp stamp) => Escalation.Fold((Escalation)state, @event, stamp);

    public override string StateName(object state) => ((Escalation)state).State.ToString();

    public override Tlp TlpOf(object state) => ((Escalation)state).Tlp;

    public override IReadOnlyCollection<string> RegionsOf(object state) => ((Escalation)state).Regions;

    public override IEnumerable<Deadline> Deadlines(object state) => ((Escalation)state).Deadlines;

    public override JsonObject ViewThen(object then, Audience audience, object now) => EscalationView.For(audience, (Escalation)then, (Escalation)now);

    public override SightFacts SightOf(object state) => EscalationSight.Of((Escalation)state);

    public override SightRows SightRows => SightRows.Escalations;

    /// <summary>The crisis and the election it is linked to show it.</summary>
    public override IEnumerable<string> Timelines(object state) => new[] { ((Escalation)state).CrisisKey, ((Escalation)state).ElectionKey }.OfType<string>();

    /// <summary>Lists are compared by reference: what an event did not touch is the same object.</summary>
    public override bool OnlyVersionMoved(object before, object after) => (Escalation)before with { Version = ((Escalation)after).Version } == (Escalation)after;

    /// <summary>Source and external reference name a report once; a partner's reports are its own.</summary>
    public override string? NaturalKey(Command command, Caller caller) =>
        command is RaiseEscalation { ExternalRef: { } reference } raise ? $"{raise.Source}|{(caller.Is(Role.Partner) ? caller.Partner : raise.Requester?.PartnerId)}|{reference}" : null;

    public override void Project(IReadOnlyList<StreamChange> changes, NpgsqlBatch batch) => EscalationRows.Add(batch, changes);
}
