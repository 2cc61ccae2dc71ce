namespace CrisisOps.Domain.Shared;

/// <summary>An event that takes what an earlier one of its stream says out of the store, with it what is told and shown of that.</summary>
public interface IErases
{
    /// <summary>What stands in its place.</summary>
    const string Mark = "[erased]";

    /// <summary>The version of the earlier event.</summary>
    long Entry { get; }

    /// <summary>The members of that event, as they are stored; parts of a member after a dot.</summary>
    IReadOnlyList<string> Members { get; }
}

/// <summary>Why personal data must go: the grounds of GDPR Art. 17(1), in its order.</summary>
public enum ErasureGround { NoLongerNecessary, ConsentWithdrawn, ObjectionUpheld, UnlawfulProcessing, LegalObligation }
