using CrisisOps.Domain.Shared;
using Shouldly;

namespace CrisisOps.Domain.Tests.Harness;

/// <summary>
/// Given, when, then for one stream of any kind: gives commands the way the lanes do (roles, states, decision, fold) and keeps what came of it.
/// </summary>
/// <param name="none">The stream before its first event.</param>
/// <param name="context">What is known at the start; its caller gives what nobody else is named for.</param>
public abstract class Given<TState, TSelf>(TState none, DecisionContext context)
    where TSelf : Given<TState, TSelf>
{
    private DecisionContext _context = context;

    public TState None { get; } = none;

    public TState State { get; private set; } = none;

    /// <summary>What the last command came to.</summary>
    public Ruling Last { get; private set; } = Ruling.Accept();

    /// <summary>Everything appended so far, with the state before and after.</summary>
    public List<(object Event, TState Before, TState After, Stamp Stamp)> History { get; } = [];

    public DateTimeOffset Now => _context.Now;

    public DecisionContext Context => _context;

    private TSelf Self => (TSelf)this;

    /// <summary>The one fold of the stream.</summary>
    public abstract TState Fold(TState state, object @event, Stamp stamp);

    public TSelf After(TimeSpan time) => Knowing(c => c with { Now = c.Now + time });

    public TSelf At(DateTimeOffset instant) => Knowing(c => c with { Now = instant });

    /// <summary>Adds to what the decision may know: persons, other streams, facts, the named entry.</summary>
    public TSelf Knowing(Func<DecisionContext, DecisionContext> change)
    {
        _context = change(_context);
        return Self;
    }

    public TSelf When<TCommand>(TCommand command, Caller? by = null)
        where TCommand : Command, ICommand<TState, TCommand>
    {
        var context = _context with { Caller = by ?? _context.Caller };
        var rule = TCommand.Rule;
        Last = !context.Caller.IsAny(rule.Roles) ? Ruling.Refuse(RefusalKind.Forbidden, "role", rule.Name)
            : !rule.Admits(State) ? Ruling.Refuse(RefusalKind.IllegalTransition, "transition", rule.Name)
            : TCommand.Decide(command, State, context);
        foreach (var @event in Last is Ruling.Accepted(var events) ? events : [])
        {
            var stamp = new Stamp(History.Count + 1, command.OccurredAt ?? context.Now, context.Now, context.Caller.Id, context.Caller.Type, context.Caller.RoleFor(rule.Roles));
            var after = Fold(State, @event, stamp);
            History.Add((@event, State, after, stamp));
            State = after;
        }

        return Self;
    }

    public TSelf ShouldBeAccepted()
    {
        Last.ShouldBeOfType<Ruling.Accepted>(Last is Ruling.Refused(var refusal) ? $"{refusal.Guard}: {refusal.Detail}" : null);
        return Self;
    }

    /// <summary>Accepted, and there was nothing to record.</summary>
    public TSelf ShouldEmitNothing()
    {
        Last.ShouldBeOfType<Ruling.Accepted>().Events.ShouldBeEmpty();
        return Self;
    }

    public TSelf ShouldBeRefusedBy(string guard)
    {
        Last.ShouldBeOfType<Ruling.Refused>().Refusal.Guard.ShouldBe(guard);
        return Self;
    }

    public TSelf ShouldBeRefused(RefusalKind kind)
    {
        Last.ShouldBeOfType<Ruling.Refused>().Refusal.Kind.ShouldBe(kind);
        return Self;
    }

    /// <summary>The newest event, of the expected type.</summary>
    public TEvent Recorded<TEvent>() => History[^1].Event.ShouldBeOfType<TEvent>();

    /// <summary>The timeline entry of the newest event, or of an earlier one by its place; null if it stands on no timeline.</summary>
    public Entry? ToldAt(Index place) => ((IStreamEvent<TState>)History[place].Event).Tell(History[place].Before, History[place].After, History[place].Stamp);
}
