using CrisisOps.Domain.Shared;

namespace CrisisOps.Domain.Reviews.Facts;

/// <summary>What was told of one stream, so that what was corrected or taken back is found whatever kind of entry it was.</summary>
internal sealed class EntryLog(string stream)
{
    private readonly List<DateTimeOffset> _recorded = [];
    private readonly List<(FactSource Wrong, FactSource Corrected, bool TakenBack)> _corrections = [];

    public long Version => _recorded.Count;

    public FactSource Add(Entry? told, Stamp stamp)
    {
        _recorded.Add(stamp.RecordedAt);
        var at = FactSource.Recorded(stream, stamp);
        if (told?.Supersedes is { } wrong)
        {
            _corrections.Add((new FactSource(stream, wrong, _recorded[(int)wrong - 1]), at, told.ReplacementText is null));
        }

        return at;
    }

    public IEnumerable<Correction> Corrections(Beside beside) =>
        _corrections.Select(c => new Correction(stream, c.Wrong, c.Corrected, c.TakenBack, c.Corrected.At - c.Wrong.At, beside.Received(c.Wrong)));
}
