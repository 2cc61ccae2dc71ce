using System.Collections.Concurrent;
using System.Collections.Immutable;
using System.Reflection;

namespace CrisisOps.Domain.Tests.Harness;

/// <summary>
/// Bodies a client could send to any kind of stream: built member by member, or a given one with one member changed. Nulls only where
/// the API lets them in.
/// </summary>
/// <param name="words">Texts worth trying, ids of the stream among them.</param>
internal sealed class RandomBodies(Random random, DateTimeOffset now, long version, IReadOnlyList<string> words)
{
    private static readonly ConcurrentDictionary<Type, (ConstructorInfo Make, Member[] Members)> _shapes = [];

    private static readonly MethodInfo _immutable =
        typeof(ImmutableList).GetMethod(nameof(ImmutableList.CreateRange), 1, [typeof(IEnumerable<>).MakeGenericType(Type.MakeGenericMethodParameter(0))])!;

    private static readonly TimeSpan[] _times =
    [
        TimeSpan.FromDays(-3650), TimeSpan.FromHours(-1), TimeSpan.Zero, TimeSpan.FromSeconds(1), TimeSpan.FromMinutes(30), TimeSpan.FromHours(3), TimeSpan.FromDays(2),
        TimeSpan.FromDays(36500),
    ];

    public object Build(Type type)
    {
        var (make, members) = _shapes.GetOrAdd(type, Shape);
        return make.Invoke([.. members.Select(m => m.Parameter.HasDefaultValue && random.Next(2) == 0 ? m.Default : Value(m.Type, m.Nullable))]);
    }

    public object Change(object body)
    {
        var (make, members) = _shapes.GetOrAdd(body.GetType(), Shape);
        if (members.Length == 0)
        {
            return body;
        }

        var values = members.Select(m => m.Property.GetValue(body)).ToArray();
        var changed = random.Next(members.Length);
        values[changed] = Value(members[changed].Type, members[changed].Nullable);
        return make.Invoke(values);
    }

    private object? Value(Type type, bool nullable)
    {
        if (nullable && random.Next(4) == 0)
        {
            return null;
        }

        type = Nullable.GetUnderlyingType(type) ?? type;
        return type switch
        {
            _ when type == typeof(string) => words[random.Next(words.Count)],
            _ when type == typeof(bool) => random.Next(2) == 0,
            _ when type == typeof(decimal) => new[] { -1m, 0m, 0.5m, 5m, 14m, decimal.MaxValue }[random.Next(6)],
            _ when type == typeof(int) => new[] { -1, 0, 1, 2, 3, 4, 5, 212 }[random.Next(8)],
            _ when type == typeof(long) => random.NextInt64(-1, version + 3),
            _ when type == typeof(DateTimeOffset) => now + _times[random.Next(_times.Length)],
            _ when type == typeof(DateOnly) => DateOnly.FromDateTime(now.UtcDateTime).AddDays(random.Next(-400, 400)),
            _ when type == typeof(TimeOnly) => new TimeOnly(random.Next(24), random.Next(2) * 30),
            _ when type == typeof(TimeSpan) => random.Next(20) == 0 ? TimeSpan.MaxValue : _times[random.Next(_times.Length)],
            { IsEnum: true } => Enum.ToObject(type, Enum.GetValuesAsUnderlyingType(type).GetValue(random.Next(Enum.GetValuesAsUnderlyingType(type).Length))!),
            { IsGenericType: true } when type.GetGenericTypeDefinition() == typeof(IReadOnlyList<>) => List(type.GetGenericArguments()[0]),
            { IsGenericType: true } when type.GetGenericTypeDefinition() == typeof(ImmutableList<>) =>
                _immutable.MakeGenericMethod(type.GetGenericArguments()).Invoke(null, [List(type.GetGenericArguments()[0])]),
            _ => Build(type),
        };
    }

    private Array List(Type item)
    {
        var list = Array.CreateInstance(item, random.Next(4));
        for (var n = 0; n < list.Length; n++)
        {
            // A null in the place of an object passes the strict reader, so it must not break a decision; texts are looked at one by one.
            list.SetValue(Value(item, nullable: item.IsClass && item != typeof(string) && random.Next(3) == 0), n);
        }

        return list;
    }

    private static (ConstructorInfo, Member[]) Shape(Type type)
    {
        var nullability = new NullabilityInfoContext();
        var make = type.GetConstructors().OrderByDescending(c => c.GetParameters().Length).First();
        return (make, [.. make.GetParameters().Select(p => new Member(
            p, p.ParameterType, type.GetProperty(p.Name!)!, p.HasDefaultValue ? Default(p) : null, nullability.Create(p).WriteState == NullabilityState.Nullable))]);
    }

    private static object? Default(ParameterInfo parameter) =>
        parameter.DefaultValue is { } value && (Nullable.GetUnderlyingType(parameter.ParameterType) ?? parameter.ParameterType) is { IsEnum: true } type
            ? Enum.ToObject(type, value)
            : parameter.DefaultValue;

    private sealed record Member(ParameterInfo Parameter, Type Type, PropertyInfo Property, object? Default, bool Nullable);
}
