using CrisisOps.Domain.Shared;

namespace CrisisOps.Server.Streams;

/// <summary>What a lane answers to one command.</summary>
public abstract record Reply
{
    private Reply()
    {
    }

    /// <summary>Done. <paramref name="Answer"/> is the JSON the caller gets, also when it asks again with the same idempotency key.</summary>
    public sealed record Done(string Key, long Version, bool Opened, string Answer) : Reply
    {
        /// <summary>What would have been written, when it was only tried; empty otherwise.</summary>
        public IReadOnlyList<PendingEvent> Tried { get; init; } = [];
    }

    public sealed record Refused(string Key, long Version, string State, Refusal Refusal) : Reply;

    /// <summary><c>If-Match</c> named another version than the current one.</summary>
    public sealed record Moved(string Key, long Version) : Reply;

    /// <summary>The stream does not exist, or the caller may not know that it does.</summary>
    public sealed record NotFound : Reply
    {
        public static readonly NotFound Instance = new();
    }

    /// <summary>The idempotency key was used before with another body.</summary>
    public sealed record KeyReused : Reply
    {
        public static readonly KeyReused Instance = new();
    }

    /// <summary>Nothing was decided or it is not known whether it was written: try again with the same idempotency key.</summary>
    public sealed record Busy(string Why) : Reply;

    /// <summary>The caller hung up before the answer. What the lane had taken it still does.</summary>
    public sealed record Gone : Reply
    {
        public static readonly Gone Instance = new();
    }
}
