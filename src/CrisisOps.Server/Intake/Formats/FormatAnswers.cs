using CrisisOps.Server.Hosting;
using CrisisOps.Server.Problems;

namespace CrisisOps.Server.Intake.Formats;

/// <summary>The answers of the formats that do not say how they want to be answered.</summary>
internal static class FormatAnswers
{
    /// <summary>To a request that holds one alert: 202 with its receipt, or the problem.</summary>
    public static IResult One(IReadOnlyList<AlertAnswer> answers) => answers[0] switch
    {
        { Receipt: { } receipt } => Results.Json(new { Receipt = receipt }, Json.Stored, statusCode: StatusCodes.Status202Accepted),
        { Fault: { } fault } => Refused(fault),
        _ => Problem.Busy("It could not be kept now."),
    };

    public static Problem Refused(FormatFault fault) => fault.Status switch
    {
        400 => Problem.Malformed(Member(fault), fault.What),
        413 => Problem.TooLarge with { Detail = fault.What },
        _ => Problem.Validation(Member(fault), fault.What) with { Status = fault.Status },
    };

    /// <summary>Of a request that may hold several: 202 when one of them is kept, or else what is wrong with all of them.</summary>
    public static int Status(IReadOnlyList<AlertAnswer> answers) =>
        answers.Any(a => a.Receipt is not null) ? StatusCodes.Status202Accepted
        : answers.Select(a => a.Fault?.Status ?? StatusCodes.Status503ServiceUnavailable).Distinct().ToArray() is [var same] ? same
        : StatusCodes.Status422UnprocessableEntity;

    private static string Member(FormatFault fault) => fault.Member.Length == 0 ? "$" : fault.Member;
}
