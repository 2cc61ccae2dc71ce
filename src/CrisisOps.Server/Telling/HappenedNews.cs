using CrisisOps.Server.Reactions;

namespace CrisisOps.Server.Telling;

/// <summary>The events that <see cref="TellNewsHandler"/> hears, without those that name one person: what a digest can hold.</summary>
internal static class HappenedNews
{
    public static IReadOnlyList<Type> Types { get; } =
    [
        .. typeof(TellNewsHandler).GetMethods().Select(m => m.GetParameters() is [{ ParameterType: var type }, ..] && type.IsAssignableTo(typeof(IHappened)) ? type.GenericTypeArguments[0] : null).OfType<Type>()
            .Where(t => News.Of(System.Runtime.CompilerServices.RuntimeHelpers.GetUninitializedObject(t)) is { Personal: false }),
    ];
}
