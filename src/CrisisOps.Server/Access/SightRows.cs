using System.Globalization;
using CrisisOps.Domain.Shared;

namespace CrisisOps.Server.Access;

/// <summary>Where the rows stand that say who may see a stream: the columns are those of <see cref="SightFacts"/>.</summary>
/// <param name="Table">A table or view with the key of the stream as <c>key</c>.</param>
/// <param name="Specialists">What all of its rows have in common; null when each row says it.</param>
public sealed record SightRows(string Table, Audience? Specialists)
{
    public static readonly SightRows Escalations = new("crisis.escalations", Audience.Core);

    /// <summary>Crises, elections, reviews, recommendations, partners, contacts.</summary>
    public static readonly SightRows Cards = new("crisis.cards", null);

    /// <summary>Streams of every kind.</summary>
    public static readonly SightRows All = new("crisis.sights", null);

    /// <summary>The columns as <c>crisis.sight_changes</c> keeps them.</summary>
    public static readonly SightRows Before = new("crisis.sight_changes", null);

    /// <summary>The audience of a near specialist, as SQL.</summary>
    public string SpecialistsOf(string row) => Specialists is { } audience ? ((int)audience).ToString(CultureInfo.InvariantCulture) : $"{row}.specialists";
}
