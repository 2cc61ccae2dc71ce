namespace CrisisOps.Server.Streams;

/// <summary>
/// The version of everything that says who is told what: contacts, subscriptions, partners, the duty list, the directory of people. Whoever
/// holds a copy of it in memory sees by one number, in <c>crisis.book</c>, whether it is still the newest.
/// </summary>
internal static class Book
{
    /// <summary>Turns to the next version; in the transaction of what changed.</summary>
    public const string Turn = "update crisis.book set version = version + 1";

    /// <summary>The same before a statement that writes: both or none of them.</summary>
    public const string TurnAnd = $"with turned as ({Turn})";
}
