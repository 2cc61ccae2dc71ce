using System.Collections.Immutable;
using CrisisOps.Domain.Shared;

namespace CrisisOps.Domain.Tests.Harness;

/// <summary>A command of a stream without its type at hand, as random walks draw it.</summary>
internal abstract class Giver<TState, TGiven>
    where TGiven : Given<TState, TGiven>
{
    /// <summary>Every command of the stream, found as the server finds them.</summary>
    public static ImmutableArray<Giver<TState, TGiven>> All { get; } =
    [
        .. typeof(TState).Assembly.GetTypes()
            .Where(t => t is { IsAbstract: false } && t.GetInterfaces().Any(i => i.IsGenericType && i.GetGenericTypeDefinition() == typeof(ICommand<,>) && i.GenericTypeArguments[0] == typeof(TState)))
            .OrderBy(t => t.Name, StringComparer.Ordinal)
            .Select(t => (Giver<TState, TGiven>)Activator.CreateInstance(typeof(Giver<,,>).MakeGenericType(typeof(TState), typeof(TGiven), t))!),
    ];

    public abstract string Name { get; }

    public abstract Type Type { get; }

    public abstract bool Timer { get; }

    public abstract bool MayWell(TState state, DecisionContext context);

    public abstract Command[] Samples(TState state, DecisionContext context);

    public abstract Ruling Decide(Command command, TState state, DecisionContext context);

    public abstract void Give(TGiven to, Command command, Caller by);
}

/// <inheritdoc/>
internal sealed class Giver<TState, TGiven, TCommand> : Giver<TState, TGiven>
    where TGiven : Given<TState, TGiven>
    where TCommand : Command, ICommand<TState, TCommand>
{
    public override string Name => TCommand.Rule.Name;

    public override Type Type => typeof(TCommand);

    public override bool Timer => TCommand.Rule.Roles is [Role.System];

    public override bool MayWell(TState state, DecisionContext context) => context.Caller.IsAny(TCommand.Rule.Roles) && TCommand.Rule.Admits(state);

    public override Command[] Samples(TState state, DecisionContext context) => [.. TCommand.Samples(state, context)];

    public override Ruling Decide(Command command, TState state, DecisionContext context) => TCommand.Decide((TCommand)command, state, context);

    public override void Give(TGiven to, Command command, Caller by) => to.When((TCommand)command, by);
}
