using System.Text.Json;
using CrisisOps.Domain.Shared;
using CrisisOps.Server.Hosting;
using CrisisOps.Server.Problems;
using Wolverine;

namespace CrisisOps.Server.Streams;

/// <summary>Every command of every kind of stream, found in the domain. Nobody registers a command.</summary>
public sealed class CommandCatalog
{
    private readonly ILookup<Type, CatalogEntry> _byState;

    public CommandCatalog(IEnumerable<StreamKind> kinds)
    {
        All = [.. kinds.SelectMany(Entries).OrderBy(e => e.Path, StringComparer.Ordinal)];
        _byState = All.ToLookup(e => e.StateType);
    }

    public IReadOnlyList<CatalogEntry> All { get; }

    public IEnumerable<CatalogEntry> Of(StreamKind kind) => _byState[kind.StateType];

    public CatalogEntry? Find(StreamKind kind, string name) => Of(kind).FirstOrDefault(e => e.Name == name);

    private static IEnumerable<CatalogEntry> Entries(StreamKind kind) =>
        from type in kind.StateType.Assembly.GetTypes()
        where !type.IsAbstract && type.GetInterfaces().Any(i =>
            i.IsGenericType && i.GetGenericTypeDefinition() == typeof(ICommand<,>) && i.GenericTypeArguments[0] == kind.StateType)
        select (CatalogEntry)Activator.CreateInstance(typeof(CatalogEntry<,>).MakeGenericType(kind.StateType, type), kind)!;
}

/// <summary>One command of the catalog.</summary>
public abstract class CatalogEntry(StreamKind kind, Type commandType, string name, IReadOnlyList<Role> roles, bool opens)
{
    public StreamKind Kind => kind;

    public Type StateType => kind.StateType;

    public Type CommandType => commandType;

    public string Name => name;

    public IReadOnlyList<Role> Roles => roles;

    public bool Opens => opens;

    /// <summary>Given by the server's own timers only, so it has no endpoint.</summary>
    public bool TimerOnly => roles is [Role.System];

    /// <summary>The path of its endpoint, with <c>{key}</c> for the stream.</summary>
    public string Path => opens ? $"/v1/{kind.Plural}" : $"/v1/{kind.Plural}/{{key}}/{name}";

    /// <summary>Members a body must have.</summary>
    public IReadOnlyList<string> Needs { get; } =
    [
        .. commandType.GetConstructors().OrderByDescending(c => c.GetParameters().Length).First().GetParameters()
            .Where(p => !p.HasDefaultValue).Select(p => JsonNamingPolicy.CamelCase.ConvertName(p.Name!)),
    ];

    public abstract bool Admits(object state);

    /// <summary>A body that would be accepted now from this caller; null when the command is not allowed.</summary>
    public abstract ValueTask<JsonElement?> Offer(SampleTrial trial, CancellationToken cancellation);

    /// <summary>A body for the reference page.</summary>
    public abstract JsonElement? Example(DecisionContext context);

    /// <summary>What is wrong with the shape of a body; null when it is right.</summary>
    public abstract Problem? Check(JsonElement body, HttpContext http);

    /// <summary>Sends a body as this command, the way the endpoint does.</summary>
    public abstract Task<Reply> Send(IMessageBus bus, string key, JsonElement body, Caller caller, OrderTerms terms, CancellationToken cancellation);
}

/// <inheritdoc/>
public sealed class CatalogEntry<TState, TCommand>(StreamKind kind) : CatalogEntry(kind, typeof(TCommand), TCommand.Rule.Name, TCommand.Rule.Roles, TCommand.Rule.Opens)
    where TState : class
    where TCommand : Command, ICommand<TState, TCommand>
{
    public override bool Admits(object state) => TCommand.Rule.Admits((TState)state);

    public override async ValueTask<JsonElement?> Offer(SampleTrial trial, CancellationToken cancellation)
    {
        var rule = TCommand.Rule;
        var (caller, state) = (trial.Caller, (TState)trial.Held.State);
        if (rule.Opens || TimerOnly || !caller.IsAny(rule.Roles) || !CommandGate.Exists(rule, Kind, trial.Held, caller) || !rule.Admits(state))
        {
            return null;
        }

        // Most samples need no search, and every search is a query.
        return await Accepted(trial, trial.Hints, cancellation)
            ?? (TCommand.ChoosesFrom(state, caller) is { } sought ? await Accepted(trial, await trial.With(sought, cancellation), cancellation) : null);
    }

    public override JsonElement? Example(DecisionContext context) =>
        TCommand.Samples((TState)Kind.None(context.Key), context).FirstOrDefault() is { } sample ? JsonSerializer.SerializeToElement(sample, Json.Stored) : null;

    public override Problem? Check(JsonElement body, HttpContext http)
    {
        var (malformed, command) = CommandRequests.Parse<TCommand>(JsonSerializer.SerializeToUtf8Bytes(body));
        return malformed ?? (CommandRequests.Invalid(http, command!, out var problem) ? problem : null);
    }

    public override Task<Reply> Send(IMessageBus bus, string key, JsonElement body, Caller caller, OrderTerms terms, CancellationToken cancellation) =>
        bus.InvokeAsync<Reply>(new Order<TCommand>(key, body.Deserialize<TCommand>(Json.Strict)!, caller, terms), cancellation);

    /// <summary>The first sample that is accepted, as a body.</summary>
    private static async ValueTask<JsonElement?> Accepted(SampleTrial trial, DecisionContext known, CancellationToken cancellation)
    {
        var state = (TState)trial.Held.State;
        foreach (var sample in TCommand.Samples(state, known))
        {
            if (TCommand.Decide(sample, state, await trial.ContextOf<TState>(sample, cancellation)) is Ruling.Accepted)
            {
                return JsonSerializer.SerializeToElement(sample, Json.Stored);
            }
        }

        return null;
    }
}
