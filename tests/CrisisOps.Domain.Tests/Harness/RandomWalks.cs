using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Serialization;
using System.Text.RegularExpressions;
using CrisisOps.Domain.Shared;
using FsCheck;
using FsCheck.Fluent;
using Shouldly;

namespace CrisisOps.Domain.Tests.Harness;

/// <summary>What holds for a stream of any kind, whatever people do in whatever order: refusals name their guard and record nothing, versions have no gaps, a replay gives the same state.</summary>
internal static partial class RandomWalks
{
    private static readonly JsonSerializerOptions _json = new(JsonSerializerDefaults.Web)
    {
        Converters = { new JsonStringEnumConverter() },
        Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping,
    };

    /// <param name="sound">What must hold of every event and the states around it; throws if it does not, best by <see cref="Hold"/>.</param>
    /// <param name="settled">What must hold after each commit.</param>
    public static void Check<TState, TGiven>(
        Func<RandomWalk<TState, TGiven>> start, Action<object, TState, TState, Stamp> sound, Action<TGiven>? settled = null)
        where TGiven : Given<TState, TGiven>
    {
        var seeds = Gen.Choose(5, 60).SelectMany(length => Gen.ArrayOf(Gen.Choose(0, int.MaxValue), length));
        FsCheck.Check.One(Config.QuickThrowOnFailure.WithMaxTest(300), Prop.ForAll(Arb.From(seeds, Shorter), (Action<int[]>)(s => Play(start(), s, sound, settled))));
    }

    public static void Hold(bool holds, string what)
    {
        if (!holds)
        {
            throw new InvalidOperationException(what);
        }
    }

    public static bool Distinct<T>(IEnumerable<T> all) => all.GroupBy(one => one).All(same => same.Count() == 1);

    private static void Play<TState, TGiven>(
        RandomWalk<TState, TGiven> walk, int[] seeds, Action<object, TState, TState, Stamp> sound, Action<TGiven>? settled)
        where TGiven : Given<TState, TGiven>
    {
        try
        {
            var given = walk.Case;
            walk.Begin(seeds.FirstOrDefault());
            var looked = 0;
            foreach (var seed in seeds)
            {
                var before = given.History.Count;
                Ruled(walk.Step(seed), RandomWalk<TState, TGiven>.Commands, given.History.Count - before, walk.Log.LastOrDefault() ?? "");
                settled?.Invoke(given);
                for (; looked < given.History.Count; looked++)
                {
                    var (@event, from, to, stamp) = given.History[looked];
                    sound(@event, from, to, stamp);
                }
            }

            Replays(given);
        }
        catch (Exception broken)
        {
            // Rethrown with the story: a seed alone tells nobody what happened.
            throw new InvalidOperationException($"{broken.Message}\nafter\n{string.Join("\n", walk.Log)}", broken);
        }
    }

    private static void Ruled(Ruling ruling, IEnumerable<string> commands, int recorded, string story)
    {
        if (ruling is not Ruling.Refused(var refusal))
        {
            Hold(recorded > 0 || story.Contains(" system ", StringComparison.Ordinal), "an accepted command records something, unless it is a timer for what another stream has met");
            return;
        }

        Hold(Kebab().IsMatch(refusal.Guard), $"a refusal names its guard, not '{refusal.Guard}'");
        Hold(!string.IsNullOrWhiteSpace(refusal.Detail), "a refusal says why");
        Hold(refusal.Instead.All(commands.Contains), $"what to do instead exists: {string.Join(", ", refusal.Instead)}");
        Hold(recorded == 0, "a refusal records nothing");
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

    /// <summary>What was stored tells every state again, up to each version what the stream was then; and the last one survives as a snapshot.</summary>
    private static void Replays<TState, TGiven>(Given<TState, TGiven> given)
        where TGiven : Given<TState, TGiven>
    {
        var replayed = given.None;
        foreach (var (@event, _, then, stamp) in given.History)
        {
            var stored = JsonSerializer.Deserialize(JsonSerializer.Serialize(@event, @event.GetType(), _json), @event.GetType(), _json)!;
            replayed = given.Fold(replayed, stored, stamp);
            JsonSerializer.Serialize(replayed, _json).ShouldBe(JsonSerializer.Serialize(then, _json), $"at version {stamp.Version}");
        }

        var state = JsonSerializer.Serialize(given.State, _json);
        JsonSerializer.Serialize(replayed, _json).ShouldBe(state);
        JsonSerializer.Serialize(JsonSerializer.Deserialize<TState>(state, _json), _json).ShouldBe(state);
    }

    [GeneratedRegex("^[a-z]+(-[a-z0-9]+)*$")]
    private static partial Regex Kebab();
}
