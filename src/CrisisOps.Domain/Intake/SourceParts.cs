namespace CrisisOps.Domain.Intake;

/// <param name="KeyId">For example <c>KEY-1</c>.</param>
/// <param name="Hash">SHA-256 of the key, lower-case hexadecimal; the key itself was shown once and stands nowhere. Null where the file is shown.</param>
/// <param name="ValidUntil">When it ends, UTC; null while nothing ends it.</param>
public sealed record SourceKey(string KeyId, string Name, string? Hash, DateTimeOffset? ValidUntil)
{
    public bool ValidAt(DateTimeOffset now) => !(ValidUntil <= now);
}
