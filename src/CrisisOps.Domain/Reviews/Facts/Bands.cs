namespace CrisisOps.Domain.Reviews.Facts;

/// <summary>Keeps the stretches in which a stream was in something.</summary>
internal sealed class Bands(string stream, Band of)
{
    private readonly List<(string Value, FactSource From, FactSource? To)> _stretches = [];
    private string? _value;

    /// <param name="value">Null for nothing that is counted.</param>
    public void Is(string? value, FactSource at)
    {
        if (value == _value)
        {
            return;
        }

        if (_value is not null)
        {
            _stretches[^1] = _stretches[^1] with { To = at };
        }

        if (value is not null)
        {
            _stretches.Add((value, at, null));
        }

        _value = value;
    }

    /// <summary>In the order in which each came first.</summary>
    public IEnumerable<TimeIn> Until(DateTimeOffset asOf) =>
        from stretch in _stretches
        group new Stretch(stretch.From, stretch.To, (stretch.To?.At ?? asOf) - stretch.From.At) by stretch.Value into all
        select new TimeIn(stream, of, all.Key, all.Aggregate(TimeSpan.Zero, (sum, s) => sum + s.Lasted), [.. all]);
}
