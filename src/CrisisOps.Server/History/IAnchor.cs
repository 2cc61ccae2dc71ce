using CrisisOps.Proof;

namespace CrisisOps.Server.History;

/// <summary>A place outside of the database that keeps signed heads: what it has, nobody who can write the database can take back.</summary>
public interface IAnchor
{
    /// <summary>For the record: <c>file</c> or <c>webhook</c>.</summary>
    string Kind { get; }

    string Name { get; }

    /// <summary>The size of the newest head that it has; 0 for none.</summary>
    Task<long> Reached(CancellationToken cancellation);

    /// <summary>Gives it the next head. What goes wrong is said in a word; null when it has it.</summary>
    Task<string?> Keep(SignedHead head, CancellationToken cancellation);
}
