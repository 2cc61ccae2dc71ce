using System.Security.Cryptography;
using System.Text;
using CrisisOps.Server.Streams;

namespace CrisisOps.Server.Deadlines;

/// <summary>A deadline whose time has come, leased by this node.</summary>
public sealed record DueDeadline(string Stream, string Kind, string Ref, int Generation, DateTimeOffset DueAt)
{
    /// <summary>
    /// The terms of its command. The scope is made of what the deadline is, so that firing again after a lost lease gets the
    /// first answer and writes nothing.
    /// </summary>
    public OrderTerms Terms()
    {
        var name = $"{Stream}/{Kind}/{Ref}/{Generation}/{DueAt.UtcTicks}";
        var hash = SHA256.HashData(Encoding.UTF8.GetBytes($"deadline\n{name}"));
        return new OrderTerms(new Guid(hash.AsSpan(0, 16)), new Guid(hash.AsSpan(16, 16)), Correlation: $"{Stream}/{Kind}/{Ref}/{Generation}", Causation: $"deadline:{name}");
    }
}
