using System.Collections.Concurrent;
using System.Reflection;

namespace CrisisOps.Domain.Tests.Escalations;

/// <summary>Bodies a client could send: built member by member, or a given one with one member changed. Nulls only where the API lets them in.</summary>
internal static class RandomBodies
{
    private static readonly ConcurrentDictionary<Type, (ConstructorInfo Make, Member[] Members)> _shapes = [];

    public static object Build(Type type, Random random, Case given)
    {
        var (make, members) = _shapes.GetOrAdd(type, Shape);
        return make.Invoke([.. members.Select(m => m.Parameter.HasDefaultValue && random.Next(2) == 0 ? m.Default : Value(m.Type, m.Nullable, random, given))]);
    }

    public static object Change(object body, Random random, Case given)
    {
        var (make, members) = _shapes.GetOrAdd(body.GetType(), Shape);
        if (members.Length == 0)
        {
            return body;
        }

        var values = members.Select(m => m.Property.GetValue(body)).ToArray();
        var changed = random.Next(members.Length);
        values[changed] = Value(members[changed].Type, members[changed].Nullable, random, given);
        return make.Invoke(values);
    }

    private static object? Value(Type type, bool nullable, Random random, Case given)
    {
        if (nullable && random.Next(4) == 0)
        {
            return null;
        }

        type = Nullable.GetUnderlyingType(type) ?? type;
        return type switch
        {
            _ when type == typeof(string) => Pick(Words(given), random),
            _ when type == typeof(bool) => random.Next(2) == 0,
            _ when type == typeof(int) => Pick([-1, 0, 1, 2, 3, 5, 212], random),
            _ when type == typeof(long) => random.NextInt64(-1, given.State.Version + 3),
            _ when type == typeof(DateTimeOffset) => given.Now + Pick(_times, random),
            { IsEnum: true } => Pick(Enum.GetValuesAsUnderlyingType(type).Cast<object>().Select(v => Enum.ToObject(type, v)).ToArray(), random),
            { IsGenericType: true } when type.GetGenericTypeDefinition() == typeof(IReadOnlyList<>) => List(type.GetGenericArguments()[0], random, given),
            _ => Build(type, random, given),
        };
    }

    private static readonly TimeSpan[] _times =
    [
        TimeSpan.FromDays(-3650), TimeSpan.FromHours(-1), TimeSpan.Zero, TimeSpan.FromSeconds(1), TimeSpan.FromMinutes(30), TimeSpan.FromHours(3), TimeSpan.FromDays(2),
        TimeSpan.FromDays(36500),
    ];

    private static Array List(Type item, Random random, Case given)
    {
        var list = Array.CreateInstance(item, random.Next(4));
        for (var n = 0; n < list.Length; n++)
        {
            // A null in the place of an object passes the strict reader, so it must not break a decision; texts are looked at one by one.
            list.SetValue(Value(item, nullable: item.IsClass && item != typeof(string) && random.Next(3) == 0, random, given), n);
        }

        return list;
    }

    private static string[] Words(Case given) =>
    [
        "", " ", "XN", "XN-01", "001", "Global", "unheard of", "spec-04", "spec-09", "lead-01", "PRT-001", "CNT-1", "EU-TCO-Art3", "DSA-Art16", "DSA-Art18", "EVD-1", "EVD-2",
        "main", "en", "ESC-2027-000099", "ESC-2027-000098", Case.Key,
        .. given.State.Consults.Select(c => c.ConsultId), .. given.State.Tasks.Select(t => t.TaskId), .. given.State.InterimActions.Select(a => a.ActionId),
        .. given.State.Decision?.Results.Select(r => r.ActionId) ?? [], .. given.State.GlassBreaks.Select(g => g.Person),
    ];

    private static T Pick<T>(IReadOnlyList<T> from, Random random) => from[random.Next(from.Count)];

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
