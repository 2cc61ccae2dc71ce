using System.Collections.Frozen;
using System.Reflection;
using CrisisOps.Domain.Shared;

namespace CrisisOps.Server.Reactions;

/// <summary>The events that some rule reacts to, found by the handlers that take them.</summary>
public static class HappenedTypes
{
    private static readonly FrozenDictionary<string, Func<Guid, string, object, Stamp, object>[]> _byEvent = typeof(HappenedTypes).Assembly.GetTypes()
        .Where(type => type.Name.EndsWith("Handler", StringComparison.Ordinal))
        .SelectMany(type => type.GetMethods(BindingFlags.Public | BindingFlags.Static))
        .Select(method => method.GetParameters() is [{ ParameterType: var first }, ..] && first.IsAssignableTo(typeof(IHappened)) ? first : null)
        .OfType<Type>().Distinct()
        .GroupBy(type => type.GenericTypeArguments[0].Name, StringComparer.Ordinal)
        .ToFrozenDictionary(group => group.Key, group => group.OrderBy(type => type.FullName, StringComparer.Ordinal).Select(Maker).ToArray(), StringComparer.Ordinal);

    /// <summary>Whether some rule reacts to events of this type.</summary>
    public static bool Heard(Type @event) => _byEvent.ContainsKey(@event.Name);

    /// <summary>The messages that tell of an event, one for each rule.</summary>
    public static IEnumerable<object> Of(Guid id, string stream, object @event, Stamp stamp) => _byEvent.TryGetValue(@event.GetType().Name, out var makers) ? makers.Select(make => make(id, stream, @event, stamp)) : [];

    private static Func<Guid, string, object, Stamp, object> Maker(Type message)
    {
        var constructor = message.GetConstructors().Single();
        return (id, stream, @event, stamp) => constructor.Invoke([id, stream, @event, stamp]);
    }
}
