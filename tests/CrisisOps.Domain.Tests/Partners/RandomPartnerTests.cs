using CrisisOps.Domain.Partners;
using CrisisOps.Domain.Shared;
using Shouldly;
using static CrisisOps.Domain.Tests.Harness.RandomWalks;

namespace CrisisOps.Domain.Tests.Partners;

/// <summary>Whatever people do in whatever order, a partner stays one: domain §2.7 for random sequences of all commands.</summary>
public class RandomPartnerTests
{
    private static readonly Dictionary<PartnerState, PartnerState[]> _legal = new()
    {
        [PartnerState.None] = [PartnerState.Proposed],
        [PartnerState.Proposed] = [PartnerState.Vetted, PartnerState.Offboarded],
        [PartnerState.Vetted] = [PartnerState.Active, PartnerState.Offboarded],
        [PartnerState.Active] = [PartnerState.Suspended, PartnerState.Offboarded],
        [PartnerState.Suspended] = [PartnerState.Active, PartnerState.Offboarded],
        [PartnerState.Offboarded] = [],
    };

    [Fact]
    public void No_sequence_of_commands_breaks_a_partner() => Check<Partner, PartnerCase>(() => new RandomPartner(), Sound);

    [Fact]
    public void Random_sequences_reach_every_event()
    {
        var seen = new HashSet<Type>();
        for (var seed = 0; seed < 300; seed++)
        {
            var sequence = new RandomPartner();
            sequence.Begin(seed);
            for (var step = 0; step < 20; step++)
            {
                sequence.Step((seed * 1000) + step);
            }

            seen.UnionWith(sequence.Case.History.Select(h => h.Event.GetType()));
        }

        typeof(Partner).Assembly.GetTypes().Where(t => t is { IsClass: true } && t.IsAssignableTo(typeof(IPartnerEvent))).Except(seen).Select(t => t.Name).ShouldBeEmpty();
    }

    [Fact]
    public void Every_command_shows_a_body_in_the_documentation()
    {
        RandomPartner.Commands.Distinct().Count().ShouldBe(RandomPartner.Commands.Count());
        RandomPartner.Documentation(Partner.None, new PartnerCase().Context).ShouldAllBe(d => !d.Timer && d.Bodies > 0);
    }

    private static void Sound(object @event, Partner before, Partner after, Stamp stamp)
    {
        var name = @event.GetType().Name;
        Hold(after.Version == stamp.Version, $"versions have no gaps: {after.Version}, not {stamp.Version}");
        Hold(before.Stage == after.Stage || _legal[before.Stage].Contains(after.Stage), $"{name} moved {before.Stage} to {after.Stage}");
        Hold(after.Stage is PartnerState.Proposed or PartnerState.Offboarded || (after.AgreementRef is not null && after.VerifiedAt is not null), "whoever takes part was vetted by an agreement");
        Hold(@event is not PartnerVetted || stamp.Actor != before.ProposedBy, "nobody vets their own proposal");
        Hold(after.TlpClearance <= Tlp.AMBER && (after.TlpClearance <= before.TlpClearance || stamp.Actor == PartnerCase.Lead.Id), "AMBER at most, and raised by a lead");
        Hold(after.Precision is null || (after.Precision.Upheld >= 0 && after.Precision.Upheld <= after.Precision.Total), "a count adds up");
        Endpoints(@event, before, after, stamp);
        var told = ((IPartnerEvent)@event).Tell(before, after, stamp)!;
        Hold(!told.Others.ContainsKey(Audience.Partner) && !told.Others.ContainsKey(Audience.Public), "a partner is told inside only");
        Hold(told.Others.ContainsKey(Audience.Executive) == (before.Stage != after.Stage), $"{name}: executives read where it stands, and nothing else");
        Hold(@event is not PartnerEndpointRegistered added || !$"{told}{string.Join("", told.Others.Values)}".Contains(added.Address, StringComparison.Ordinal), "no timeline tells an address");
    }

    private static void Endpoints(object @event, Partner before, Partner after, Stamp stamp)
    {
        Hold(after.Endpoints.Select((e, n) => e.EndpointId == $"EP-{n + 1}").All(numbered => numbered), "endpoints are numbered through, and none is lost");
        Hold(Distinct(after.Endpoints.Where(e => !e.Removed).Select(e => (e.Channel, e.Address))), "an address stands once");
        Hold(after.Endpoints.All(e => e.Verified == (e.VerifiedBy is not null) && e.Verified == (e.VerifiedHow is not null)), "verified by somebody, somehow");
        Hold(after.Endpoints.Zip(before.Endpoints).All(e => !e.Second.Removed || e.First == e.Second), "what was removed never changes");
        Hold(after.Endpoints.Zip(before.Endpoints).All(e => e.First.SecretGeneration - e.Second.SecretGeneration == (@event is PartnerSecretRotated r && r.EndpointId == e.First.EndpointId ? 1 : 0)), "a rotation is one generation");
        Hold(@event is not PartnerSecretRotated rotated || (rotated.OldValidUntil - stamp.RecordedAt >= TimeSpan.Zero && rotated.OldValidUntil - stamp.RecordedAt <= TimeSpan.FromDays(7)), "an old secret ends within a week");
    }
}
