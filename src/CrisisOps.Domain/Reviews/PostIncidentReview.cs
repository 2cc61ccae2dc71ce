using System.Collections.Immutable;
using System.Text.Json.Serialization;
using CrisisOps.Domain.Crises;
using CrisisOps.Domain.Shared;

namespace CrisisOps.Domain.Reviews;

/// <summary>Where the review of a crisis stands (domain §2.10).</summary>
public enum ReviewState { None, Draft, InReview, Reviewed, Closed }

/// <summary>What contributed to the crisis or to how it was answered; blameless, so it names a cause and nobody.</summary>
/// <param name="Refs">Entries and streams that show it, for example <c>CR-2027-0007@12</c>.</param>
public sealed record ContributingFactor(string FactorId, string Text, IReadOnlyList<string> Refs);

/// <summary>One post-incident review, folded from its events. Its key carries the number of its crisis: <c>PIR-2027-0007</c>.</summary>
public sealed record PostIncidentReview : IReviewFacts
{
    public static readonly PostIncidentReview None = new();

    public string Key { get; init; } = "";
    public long Version { get; init; }
    public ReviewState Stage { get; init; }
    public string CrisisKey { get; init; } = "";
    public string Title { get; init; } = "";
    public ImmutableList<string> Regions { get; init; } = [];
    public Tlp Tlp { get; init; } = Tlp.AMBER;
    public bool Exercise { get; init; }
    public string Owner { get; init; } = "";
    public DateTimeOffset OpenedAt { get; init; }

    /// <summary>When the meeting has to be held, UTC; null while the crisis it reviews is answered again.</summary>
    public DateTimeOffset? DueAt { get; init; }

    /// <summary>How often the due time was set: the generation of the newest.</summary>
    public int DueGeneration { get; init; }
    public bool Overdue { get; init; }

    /// <summary>The meeting was held: it was submitted once. A return does not undo the meeting.</summary>
    public bool Met { get; init; }
    public DateTimeOffset? MeetingAt { get; init; }

    /// <summary>When the next step after the meeting is due: the approval, and then the closing. UTC.</summary>
    public DateTimeOffset? StepDueAt { get; init; }
    public int StepGeneration { get; init; }
    public bool StepOverdue { get; init; }

    /// <summary>The timeline is reviewed as it was known then.</summary>
    public DateTimeOffset? FrozenAsOf { get; init; }
    public ImmutableList<ContributingFactor> Factors { get; init; } = [];

    /// <summary>Cases that belong to what is reviewed though nobody linked them to the crisis.</summary>
    public ImmutableList<string> Cases { get; init; } = [];

    /// <summary>Keys of the recommendations that came of it.</summary>
    public ImmutableList<string> Recommendations { get; init; } = [];
    public string? SubmittedBy { get; init; }
    public string? ApprovedBy { get; init; }

    /// <summary>The facts of the frozen instant, in one line, as they were submitted; null when they were not computed.</summary>
    public string? FactsHash { get; init; }

    /// <summary>Who was told the outcome.</summary>
    public ImmutableList<Audience> Published { get; init; } = [];

    /// <summary>What the crisis masks outside Core, as it was when the review was opened.</summary>
    public ImmutableList<string> MaskedTerms { get; init; } = [];
    public DateTimeOffset? EndedAt { get; init; }

    public bool Reviewed => Stage is ReviewState.Reviewed or ReviewState.Closed;

    IReadOnlyList<string> IReviewFacts.Recommendations => Recommendations;

    /// <summary>Every clock of this review that must do something when it runs out.</summary>
    [JsonIgnore] public IEnumerable<Deadline> Deadlines => ReviewDeadlines.Of(this);

    internal PostIncidentReview WithStep(DateTimeOffset? due) => this with { StepDueAt = due, StepGeneration = StepGeneration + 1, StepOverdue = false };

    /// <summary>The one fold: Marten's aggregation, the write path and the replay all call it.</summary>
    public static PostIncidentReview Fold(PostIncidentReview state, object @event, Stamp stamp) =>
        ((IReviewEvent)@event).Apply(state, stamp) with { Version = stamp.Version };
}

/// <summary>An event of the review stream. What it says is masked outside Core in one place, so no event can forget it.</summary>
public interface IReviewEvent : IStreamEvent<PostIncidentReview>
{
    /// <summary>What the timeline says of it, with every name.</summary>
    Entry Say(PostIncidentReview before, PostIncidentReview after, Stamp stamp);

    Entry? IStreamEvent<PostIncidentReview>.Tell(PostIncidentReview before, PostIncidentReview after, Stamp stamp) =>
        Say(before, after, stamp).Masked(after.MaskedTerms);
}

/// <summary>A command on the review stream.</summary>
public interface IReviewCommand<TSelf> : ICommand<PostIncidentReview, TSelf>
    where TSelf : Command, IReviewCommand<TSelf>;
