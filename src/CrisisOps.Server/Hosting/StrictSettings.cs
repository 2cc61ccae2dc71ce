using System.ComponentModel;
using System.Reflection;

namespace CrisisOps.Server.Hosting;

/// <summary>Reads a section of the configuration strictly: a name that is none, or a value that can not be read, is a fault and not silently left out.</summary>
public static class StrictSettings
{
    /// <exception cref="InvalidOperationException">Its message has one line for each fault. It names the setting and never shows its value.</exception>
    public static T Read<T>(IConfigurationSection section)
        where T : class, new()
    {
        string[] faults = [.. Faults(section, typeof(T))];
        return faults.Length > 0
            ? throw new InvalidOperationException(string.Join('\n', faults))
            : section.Get<T>(o => o.ErrorOnUnknownConfiguration = true) ?? new T();
    }

    /// <summary>What is wrong with a setting, or with those below it; the type is what it is read as.</summary>
    public static IEnumerable<string> Faults(IConfigurationSection section, Type type)
    {
        type = Nullable.GetUnderlyingType(type) ?? type;
        var below = section.GetChildren();
        if (TypeDescriptor.GetConverter(type).CanConvertFrom(typeof(string)))
        {
            return [.. below.Select(NoSetting), .. Readable(section, type) ? [] : (string[])[$"{section.Path} must be {Shape(type)}."]];
        }

        if (section.Value is { Length: > 0 })
        {
            return [$"{section.Path} has settings below it, and no value of its own."];
        }

        return Items(type) is var (key, item)
            ? below.SelectMany(child => key is { IsEnum: true } && !Enum.TryParse(key, child.Key, ignoreCase: true, out _) ? [NoSetting(child)] : Faults(child, item))
            : below.SelectMany(child => type.GetProperty(child.Key, BindingFlags.Public | BindingFlags.Instance | BindingFlags.IgnoreCase) is { CanWrite: true } property
                ? Faults(child, property.PropertyType)
                : [NoSetting(child)]);
    }

    private static string NoSetting(IConfigurationSection section) => $"{section.Path} is no setting.";

    private static bool Readable(IConfigurationSection section, Type type)
    {
        try
        {
            section.Get(type);
            return true;
        }
        catch (InvalidOperationException)
        {
            return false;
        }
    }

    /// <summary>What a list or a dictionary holds, and by what; null for anything else.</summary>
    private static (Type? Key, Type Item)? Items(Type type) =>
        type.IsArray ? (null, type.GetElementType()!)
        : type.IsGenericType && type.GetGenericArguments() is [.. var keys, var item] ? (keys is [var key] ? key : null, item)
        : null;

    private static string Shape(Type type) =>
        type.IsEnum ? $"one of {string.Join(", ", Enum.GetNames(type))}"
        : type == typeof(TimeSpan) ? "a time, hh:mm:ss or d.hh:mm:ss"
        : type == typeof(DateOnly) ? "a day, yyyy-mm-dd"
        : type == typeof(bool) ? "true or false"
        : type == typeof(Uri) ? "a URL"
        : "a number";
}
