using System.Collections;
using CrisisOps.Domain.Intake;

namespace CrisisOps.Server.Intake.Formats;

/// <summary>Our own format: one alert as JSON, or up to 10,000 as a line of JSON each, of which the good ones count.</summary>
public sealed class OwnAlerts : IAlertFormat
{
    /// <summary>Of one alert, alone or in a line.</summary>
    public const int MostOfOne = 512 * 1024;

    public const int MostLines = 10_000;

    private const string TooLong = "An alert has at most 512 kB.";
    private static readonly byte[] _blank = [(byte)' ', (byte)'\t', (byte)'\r'];

    public AlertFormat Format => AlertFormat.Alerts;

    public string Path => "/v1/alerts";

    public IReadOnlyList<string> ContentTypes { get; } = ["application/json", LineAnswers.ContentType];

    public int MostBytes => 64 * 1024 * 1024;

    public ReadAlerts Read(AlertRequest request)
    {
        var body = request.Body.Span.StartsWith("\uFEFF"u8) ? request.Body[3..] : request.Body;
        return request.ContentType == LineAnswers.ContentType ? Lines(body) : new ReadAlerts([One(1, body)]);
    }

    public IResult Answer(AlertRequest request, IReadOnlyList<AlertAnswer> answers) =>
        request.ContentType == LineAnswers.ContentType ? new LineAnswers(answers) : FormatAnswers.One(answers);

    private static ReadAlert One(int line, ReadOnlyMemory<byte> json)
    {
        if (json.Length > MostOfOne)
        {
            return new ReadAlert(line, json, null, new FormatFault("", TooLong, 413));
        }

        var draft = new AlertDraft();
        return AlertMembers.Read(json.Span, draft) is { } fault ? new ReadAlert(line, json, null, fault) : draft.Read(AlertFormat.Alerts, line, json);
    }

    private static ReadAlerts Lines(ReadOnlyMemory<byte> body) => Split(body).Take(MostLines + 1).Count() switch
    {
        0 => new ReadAlerts([], new FormatFault("", "It holds no alert: a line of JSON for each is expected.", 400)),
        > MostLines => new ReadAlerts([], new FormatFault("", "A request has at most 10,000 alerts; none of these was taken.", 413)),
        var count => new ReadAlerts(new AlertLines(body, count)),
    };

    /// <summary>Blank lines are passed over and counted. The last line needs no end; if it was cut off, it is a bad line like any other.</summary>
    private static IEnumerable<(int Number, ReadOnlyMemory<byte> Json)> Split(ReadOnlyMemory<byte> body)
    {
        for (var line = 1; !body.IsEmpty; line++)
        {
            var end = body.Span.IndexOf((byte)'\n');
            var json = (end < 0 ? body : body[..end]).Trim(_blank);
            body = end < 0 ? default : body[(end + 1)..];
            if (!json.IsEmpty)
            {
                yield return (line, json);
            }
        }
    }

    private sealed class AlertLines(ReadOnlyMemory<byte> body, int count) : IReadOnlyCollection<ReadAlert>
    {
        public int Count => count;

        public IEnumerator<ReadAlert> GetEnumerator() => Split(body).Select(line => One(line.Number, line.Json)).GetEnumerator();

        IEnumerator IEnumerable.GetEnumerator() => GetEnumerator();
    }
}
