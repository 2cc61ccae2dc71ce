using System.Linq.Expressions;
using JasperFx.Events;
using JasperFx.Events.Projections;
using Marten;
using Marten.Events.Aggregation;

namespace CrisisOps.Server.Streams;

/// <summary>Lets Marten fold a stream with the domain's own fold, for whoever reads the store through it; our own reads are <see cref="PastStates"/>.</summary>
public sealed class FoldProjection<TState>(StreamKind kind) : SingleStreamProjection<TState, string>, IFoldProjection
    where TState : class
{
    public override TState? Evolve(TState? snapshot, string id, IEvent e) => (TState)kind.Fold(snapshot ?? kind.None(id), e.Data, EventStamps.Of(e));

    public void Register(StoreOptions options)
    {
        var state = Expression.Parameter(typeof(TState), "state");
        options.Schema.For<TState>().Identity(Expression.Lambda<Func<TState, object>>(Expression.Property(state, "Key"), state));
        options.Projections.Add(this, ProjectionLifecycle.Live);
    }
}

/// <summary>A <see cref="FoldProjection{TState}"/>, whatever its state.</summary>
internal interface IFoldProjection
{
    void Register(StoreOptions options);
}
