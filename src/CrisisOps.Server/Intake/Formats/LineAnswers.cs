using System.Text.Json;

namespace CrisisOps.Server.Intake.Formats;

/// <summary>A line of JSON for each alert of a request: its receipt, or what is wrong with it.</summary>
internal sealed class LineAnswers(IReadOnlyList<AlertAnswer> answers) : IResult
{
    public const string ContentType = "application/x-ndjson";

    private const int FlushedAt = 64 * 1024;

    public async Task ExecuteAsync(HttpContext httpContext)
    {
        var response = httpContext.Response;
        response.StatusCode = FormatAnswers.Status(answers);
        response.ContentType = ContentType;
        // The writer's buffers are pooled, and no text is made of what goes out.
        await using var json = new Utf8JsonWriter(response.BodyWriter);
        foreach (var answer in answers)
        {
            json.Reset();
            Write(json, answer);
            json.Flush();
            response.BodyWriter.GetSpan(1)[0] = (byte)'\n';
            response.BodyWriter.Advance(1);
            if (response.BodyWriter.UnflushedBytes > FlushedAt)
            {
                await response.BodyWriter.FlushAsync(httpContext.RequestAborted);
            }
        }
    }

    /// <summary><c>{"line":1,"receipt":"…"}</c> or <c>{"line":2,"error":{"member":"title","what":"…","status":422}}</c>: 429 and 503 are worth another try.</summary>
    public static void Write(Utf8JsonWriter json, AlertAnswer answer)
    {
        json.WriteStartObject();
        json.WriteNumber("line"u8, answer.Line);
        if (answer.Receipt is { } receipt)
        {
            json.WriteString("receipt"u8, receipt);
        }
        else
        {
            json.WriteStartObject("error"u8);
            json.WriteString("member"u8, answer.Fault?.Member ?? "");
            json.WriteString("what"u8, answer.Fault?.What ?? "It could not be kept now.");
            json.WriteNumber("status"u8, answer.Fault?.Status ?? StatusCodes.Status503ServiceUnavailable);
            json.WriteEndObject();
        }

        json.WriteEndObject();
    }
}
