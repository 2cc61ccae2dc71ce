using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Serialization;
using System.Text.RegularExpressions;
using CrisisOps.Domain.Escalations;
using CrisisOps.Domain.Shared;
using FsCheck;
using FsCheck.Fluent;
using Shouldly;

namespace CrisisOps.Domain.Tests.Escalations;

/// <summary>Whatever people do in whatever order, a case stays a case: domain §2.1 for random sequences of all commands.</summary>
public partial class RandomSequenceTests
{
    private static readonly JsonSerializerOptions _json = new(JsonSerializerDefaults.Web)
    {
        Converters = { new JsonStringEnumConverter() },
        Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping,
    };

    /// <summary>The transitions of domain §2.1 as amended by §9: from each stage to every stage it may move to by one event.</summary>
    private static readonly Dictionary<EscalationState, EscalationState[]> _legal = new()
    {
        [EscalationState.None] = [EscalationState.Received],
        [EscalationState.Received] = [EscalationState.Triaged, EscalationState.Rejected, EscalationState.Merged, EscalationState.Voided],
        [EscalationState.Triaged] = [EscalationState.Assigned, EscalationState.Rejected, EscalationState.Merged, EscalationState.Voided, EscalationState.Resolved],
        [EscalationState.Assigned] = [EscalationState.Investigating, EscalationState.Merged, EscalationState.Voided, EscalationState.Resolved],
        [EscalationState.Investigating] = [EscalationState.DecisionProposed, EscalationState.Merged, EscalationState.Voided, EscalationState.Resolved],
        [EscalationState.DecisionProposed] = [EscalationState.Decided, EscalationState.Investigating],
        [EscalationState.Decided] = [EscalationState.Resolved],
        [EscalationState.Resolved] = [EscalationState.Closed, EscalationState.Investigating],
        [EscalationState.Closed] = [EscalationState.Investigating],
        [EscalationState.Rejected] = [EscalationState.Investigating],
        [EscalationState.Merged] = [EscalationState.Received, EscalationState.Triaged, EscalationState.Assigned, EscalationState.Investigating],
        [EscalationState.Voided] = [],
    };

    [Fact]
    public void No_sequence_of_commands_breaks_a_case()
    {
        var seeds = Gen.Choose(5, 60).SelectMany(length => Gen.ArrayOf(Gen.Choose(0, int.MaxValue), length));
        Check.One(Config.QuickThrowOnFailure.WithMaxTest(300), Prop.ForAll(Arb.From(seeds, Shorter), (Action<int[]>)Play));
    }

    [Fact]
    public void Every_command_shows_a_body_in_the_documentation_and_no_timer_does()
    {
        var silent = new RandomSequence();
        RandomSequence.Commands.Distinct().Count().ShouldBe(RandomSequence.Commands.Count());
        RandomSequence.Documentation(silent.Case.State, Contexts.Of(silent.Case)).ShouldAllBe(d => d.Timer == (d.Bodies == 0));
    }

    /// <summary>The same sequence without one of its parts; the smaller the part, the later.</summary>
    private static IEnumerable<int[]> Shorter(int[] seeds)
    {
        for (var part = seeds.Length / 2; part > 0; part /= 2)
        {
            for (var from = 0; from + part <= seeds.Length; from += part)
            {
                yield return [.. seeds[..from], .. seeds[(from + part)..]];
            }
        }
    }

    private static void Play(int[] seeds)
    {
        var sequence = new RandomSequence();
        try
        {
            var given = sequence.Case;
            sequence.Begin(seeds.FirstOrDefault());
            var sound = 0;
            foreach (var seed in seeds)
            {
                var version = given.State.Version;
                if (sequence.Step(seed) is Ruling.Refused(var refusal))
                {
                    Hold(Kebab().IsMatch(refusal.Guard), $"a refusal names its guard, not '{refusal.Guard}'");
                    Hold(!string.IsNullOrWhiteSpace(refusal.Detail), "a refusal says why");
                    Hold(refusal.Instead.All(RandomSequence.Commands.Contains), $"what to do instead exists: {string.Join(", ", refusal.Instead)}");
                    Hold(given.State.Version == version, "a refusal records nothing");
                }
                else
                {
                    Hold(given.State.Version > version, "an accepted command records something");
                }

                for (; sound < given.History.Count; sound++)
                {
                    Sound(given.History[sound], sound + 1);
                }
            }

            Replays(given);
        }
        catch (Exception broken)
        {
            throw new InvalidOperationException($"{broken.Message}\nafter\n{string.Join("\n", sequence.Log)}", broken);
        }
    }

    private static void Sound((object Event, Escalation Before, Escalation After, Stamp Stamp) step, int version)
    {
        var (@event, before, after, stamp) = step;
        Hold(stamp.Version == version && after.Version == version, $"versions have no gaps: {after.Version}, not {version}");
        Hold(before.Stage == after.Stage || _legal[before.Stage].Contains(after.Stage), $"{@event.GetType().Name} moved {before.Stage} to {after.Stage}");
        Hold(Distinct(after.Clocks.Where(c => c.Running).Select(c => c.ClockId)), "one clock of one id runs");
        Hold(after.Clocks.All(c => !c.Legal || c.PausedAt is null), "a legal clock never pauses");
        Hold(Distinct(after.Deadlines.Select(d => (d.Kind, d.Ref, d.Generation))), "a deadline is one of its kind");
        Hold(Distinct(after.Flags), "a flag stands once");
        Hold(
            ((IEscalationEvent)@event).Tell(before, after, stamp)?.Others.Values.All(t => !$"{t.Headline} {t.Body}".Contains("LawEnforcement", StringComparison.Ordinal)) != false,
            $"{@event.GetType().Name} tells of law enforcement outside Core");
    }

    private static bool Distinct<T>(IEnumerable<T> all) => all.GroupBy(one => one).All(same => same.Count() == 1);

    private static void Hold(bool holds, string what)
    {
        if (!holds)
        {
            throw new InvalidOperationException(what);
        }
    }

    [GeneratedRegex("^[a-z]+(-[a-z0-9]+)*$")]
    private static partial Regex Kebab();

    /// <summary>What was stored tells the whole state again, and the state survives as a snapshot.</summary>
    private static void Replays(Case given)
    {
        var replayed = Escalation.None with { Key = Case.Key };
        foreach (var (@event, _, _, stamp) in given.History)
        {
            var stored = JsonSerializer.Deserialize(JsonSerializer.Serialize(@event, @event.GetType(), _json), @event.GetType(), _json)!;
            replayed = Escalation.Fold(replayed, stored, stamp);
        }

        var state = JsonSerializer.Serialize(given.State, _json);
        JsonSerializer.Serialize(replayed, _json).ShouldBe(state);
        JsonSerializer.Serialize(JsonSerializer.Deserialize<Escalation>(state, _json), _json).ShouldBe(state);
    }
}
