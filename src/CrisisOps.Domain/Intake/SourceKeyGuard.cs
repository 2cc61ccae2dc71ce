using CrisisOps.Domain.Shared;

namespace CrisisOps.Domain.Intake;

/// <summary>What the keys of a source may be.</summary>
internal static class SourceKeyGuard
{
    /// <summary>How many are valid at once at most.</summary>
    private const int Most = 10;

    private static readonly TimeSpan _shortest = TimeSpan.FromMinutes(1);
    private static readonly TimeSpan _longest = TimeSpan.FromDays(3_660);

    /// <summary>Null when there may be one more beside those that are valid after <paramref name="from"/>, for that long.</summary>
    public static Ruling? Another(AlertSource state, DateTimeOffset from, TimeSpan? validFor)
    {
        if (validFor < _shortest || validFor > _longest)
        {
            return Ruling.Refuse("key-validity", "validFor is one minute to ten years, for example P90D; absent means without an end.");
        }

        return state.Keys.Count(k => k.ValidAt(from)) >= Most
            ? Ruling.Refuse("key-limit", $"A source has {Most} valid keys at most; revoke one that is not needed.", "revoke-key")
            : null;
    }

    public static Ruling Unknown(AlertSource state, string? keyId) => Ruling.Refuse("key-valid", $"{state.Key} has no valid key '{keyId}'.");

    /// <summary>Of a command that did not come by its own path, where the key is made.</summary>
    public static Ruling NotMade() => Ruling.Refuse("key-made", "No key was made for this command; give it on its own path.");

    public static string NextId(AlertSource state) => FormattableString.Invariant($"KEY-{state.Keys.Count + 1}");

    /// <summary>In the place of a hash, for a sample: no key has it.</summary>
    public static string SampleHash(AlertSource state) => $"sample-{NextId(state)}";

    public static string Named(AlertSource state, string keyId, string what) => $"Key {keyId} ({state.Keys.Find(k => k.KeyId == keyId)?.Name}) {what}";

    public static string Until(DateTimeOffset? until) => until is { } end ? FormattableString.Invariant($"until {end:yyyy-MM-dd HH:mm}Z") : "without an end";
}
