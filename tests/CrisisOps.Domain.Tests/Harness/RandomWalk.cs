using System.Text.Json;
using System.Text.Json.Serialization;
using CrisisOps.Domain.Shared;

namespace CrisisOps.Domain.Tests.Harness;

/// <summary>A stream driven by commands drawn at random from all there are, by anybody, at any time.</summary>
internal abstract class RandomWalk<TState, TGiven>(TGiven @case)
    where TGiven : Given<TState, TGiven>
{
    private static readonly JsonSerializerOptions _shown = new(JsonSerializerDefaults.Web)
    {
        Converters = { new JsonStringEnumConverter() },
        DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull,
    };

    public static IEnumerable<string> Commands => Giver<TState, TGiven>.All.Select(g => g.Name);

    /// <summary>How many bodies each command offers for its documentation.</summary>
    public static IEnumerable<(string Name, bool Timer, int Bodies)> Documentation(TState none, DecisionContext context) =>
        Giver<TState, TGiven>.All.Select(g => (g.Name, g.Timer, g.Samples(none, context).Length));

    public TGiven Case { get; } = @case;

    /// <summary>What was given and what came of it, for whoever reads a failure.</summary>
    public List<string> Log { get; } = [];

    /// <summary>Opens the stream and brings it some way along, all of it drawn from the seed.</summary>
    public abstract void Begin(int seed);

    /// <summary>Gives one command, all of it drawn from the seed.</summary>
    public abstract Ruling Step(int seed);

    /// <summary>Where the stream stands, in a word.</summary>
    protected abstract string Stage { get; }

    /// <summary>Commands that end a stream early; drawn less often, so that the later stages are seen.</summary>
    protected abstract IReadOnlyCollection<string> Ending { get; }

    /// <summary>Texts worth trying, ids of the stream among them.</summary>
    protected abstract IReadOnlyList<string> Words { get; }

    /// <summary>The bodies worth trying for a command.</summary>
    protected abstract Command[] Bodies(Giver<TState, TGiven> giver, DecisionContext context, RandomBodies source);

    protected static T Pick<T>(IReadOnlyList<T> from, Random random) => from[random.Next(from.Count)];

    protected static Giver<TState, TGiven> GiverOf(Command command) => Giver<TState, TGiven>.All.Single(g => g.Type == command.GetType());

    protected void Give(Command command, Caller by) => Give(GiverOf(command), command, by);

    /// <summary>Gives the command, sometimes as of another instant.</summary>
    protected Ruling Give(Command command, Caller by, Random random)
    {
        Give(GiverOf(command), command with { OccurredAt = random.Next(5) == 0 ? Case.Now.AddMinutes(random.Next(-90, 3)) : null }, by);
        return Case.Last;
    }

    /// <summary>Mostly what would be accepted, as it is or with a member changed; now and then anything at all.</summary>
    protected Command Draw(DecisionContext context, Random random)
    {
        var source = new RandomBodies(random, Case.Now, Case.History.Count, Words);
        var mood = random.Next(10);
        var patient = random.Next(5) > 0;
        Command[][] likely =
        [
            .. Giver<TState, TGiven>.All.Where(g => mood < 8 && g.MayWell(Case.State, context) && !(patient && Ending.Contains(g.Name)))
                .Select(g => (Giver: g, Bodies: Bodies(g, context, source)))
                .Select(g => mood < 7 ? [.. g.Bodies.Where(body => g.Giver.Decide(body, Case.State, context) is Ruling.Accepted)] : g.Bodies)
                .Where(bodies => bodies.Length > 0),
        ];
        if (likely.Length == 0)
        {
            return (Command)source.Build(Pick(Giver<TState, TGiven>.All, random).Type);
        }

        var body = Pick(Pick(likely, random), random);
        return mood < 5 ? body : (Command)source.Change(body);
    }

    /// <summary>An entry of the own timeline, or none.</summary>
    protected EntryFacts? AnyEntry(Random random, Func<TState, Tlp> tlp)
    {
        if (Case.History.Count == 0 || random.Next(4) == 0)
        {
            return null;
        }

        var (@event, _, after, stamp) = Pick(Case.History, random);
        return new EntryFacts(stamp.Version, @event.GetType().Name, stamp.Actor, tlp(after), Withdrawn: stamp.Version % 5 == 0);
    }

    private void Give(Giver<TState, TGiven> giver, Command command, Caller by)
    {
        var before = Stage;
        giver.Give(Case, command, by);
        Log.Add($"{Case.Now:MM-dd HH:mm:ss} {by.Id} {giver.Name} in {before}: {(Case.Last is Ruling.Refused(var no) ? $"refused by {no.Guard}" : $"now {Stage}")}  {JsonSerializer.Serialize(command, command.GetType(), _shown)}");
    }
}
