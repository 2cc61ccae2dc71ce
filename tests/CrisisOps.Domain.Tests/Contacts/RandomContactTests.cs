using CrisisOps.Domain.Contacts;
using CrisisOps.Domain.Shared;
using Shouldly;
using static CrisisOps.Domain.Tests.Harness.RandomWalks;

namespace CrisisOps.Domain.Tests.Contacts;

/// <summary>Whatever people do in whatever order, a contact stays one, and no event tells where it is reached.</summary>
public class RandomContactTests
{
    private static readonly Dictionary<ContactState, ContactState[]> _legal = new()
    {
        [ContactState.None] = [ContactState.Active],
        [ContactState.Active] = [ContactState.Suspended, ContactState.Removed],
        [ContactState.Suspended] = [ContactState.Active, ContactState.Removed],
        [ContactState.Removed] = [],
    };

    [Fact]
    public void No_sequence_of_commands_breaks_a_contact() => Check<Contact, ContactCase>(() => new RandomContact(), Sound);

    [Fact]
    public void Random_sequences_reach_every_event()
    {
        var seen = new HashSet<Type>();
        for (var seed = 0; seed < 300; seed++)
        {
            var sequence = new RandomContact();
            sequence.Begin(seed);
            for (var step = 0; step < 20; step++)
            {
                sequence.Step((seed * 1000) + step);
            }

            seen.UnionWith(sequence.Case.History.Select(h => h.Event.GetType()));
        }

        typeof(Contact).Assembly.GetTypes().Where(t => t is { IsClass: true } && t.IsAssignableTo(typeof(IContactEvent))).Except(seen).Select(t => t.Name).ShouldBeEmpty();
    }

    [Fact]
    public void Every_command_shows_a_body_in_the_documentation()
    {
        RandomContact.Commands.Distinct().Count().ShouldBe(RandomContact.Commands.Count());
        RandomContact.Documentation(Contact.None, new ContactCase().Context).ShouldAllBe(d => !d.Timer && d.Bodies > 0);
    }

    private static void Sound(object @event, Contact before, Contact after, Stamp stamp)
    {
        var name = @event.GetType().Name;
        Hold(after.Version == stamp.Version, $"versions have no gaps: {after.Version}, not {stamp.Version}");
        Hold(before.Stage == after.Stage || _legal[before.Stage].Contains(after.Stage), $"{name} moved {before.Stage} to {after.Stage}");
        Hold((after.Kind == ContactKind.Team) == (after.Standing is not null), "a team has a standing, and nobody else");
        Hold(after.Standing is not { } standing || (!standing.Roles.Contains(Role.System) && standing.Roles.Length + standing.Functions.Length > 0), "a team reads as something, and never as the system");
        Hold(after.Addresses.Select((a, n) => a.AddressId == $"AD-{n + 1}").All(numbered => numbered), "addresses are numbered through, and none is lost");
        Hold(after.Addresses.Zip(before.Addresses).All(a => !a.Second.Removed || a.First == a.Second), "what was removed never changes");
        Hold(after.Stage != ContactState.Removed || (after.EndedAt is not null && after.Addresses.All(a => a.Removed)), "what is over is reached nowhere");
        Hold((after.Stage == ContactState.Suspended) == (after.SuspendedBy is not null), "suspended by somebody");
        var told = ((IContactEvent)@event).Tell(before, after, stamp)!;
        Hold(told.Others.Keys.All(a => a == Audience.CrossFunctional), "it is told to those who keep contacts only");
        var all = $"{@event}{told}{string.Join("", told.Others.Values)}";
        Hold(!all.Contains(ContactCase.Mail, StringComparison.Ordinal) && !all.Contains(ContactCase.Number, StringComparison.Ordinal) && !all.Contains(ContactCase.Chat, StringComparison.Ordinal), $"{name} tells no address: {all}");
    }
}
