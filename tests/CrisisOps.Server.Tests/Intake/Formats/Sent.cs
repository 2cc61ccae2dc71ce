using System.Text;
using CrisisOps.Domain.Intake;
using CrisisOps.Server.Intake.Formats;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.DependencyInjection;
using Shouldly;

namespace CrisisOps.Server.Tests.Intake.Formats;

/// <summary>What a source sends, handed to a format as the door does it.</summary>
internal static class Sent
{
    public static readonly DateTimeOffset Now = new(2027, 5, 15, 13, 55, 10, TimeSpan.Zero);

    public static AlertRequest Request(IAlertFormat format, string body, string? contentType = null, IHeaderDictionary? headers = null) =>
        Request(format, Encoding.UTF8.GetBytes(body), contentType, headers);

    public static AlertRequest Request(IAlertFormat format, byte[] body, string? contentType = null, IHeaderDictionary? headers = null) =>
        new(contentType ?? format.ContentTypes[0], headers ?? new HeaderDictionary(), body, Now);

    public static (IReadOnlyList<ReadAlert> Alerts, FormatFault? Refused) To<TFormat>(string body, string? contentType = null, IHeaderDictionary? headers = null)
        where TFormat : IAlertFormat, new()
    {
        var read = new TFormat().Read(Request(new TFormat(), body, contentType, headers));
        return ([.. read.Alerts], read.Refused);
    }

    public static IncomingAlert Alert<TFormat>(string body, string? contentType = null, IHeaderDictionary? headers = null)
        where TFormat : IAlertFormat, new()
    {
        var only = To<TFormat>(body, contentType, headers).Alerts.ShouldHaveSingleItem();
        only.Fault.ShouldBeNull();
        return only.Alert.ShouldNotBeNull();
    }

    /// <summary>What is wrong with the one alert, or with the request as a whole.</summary>
    public static FormatFault Fault<TFormat>(string body, string? contentType = null, IHeaderDictionary? headers = null)
        where TFormat : IAlertFormat, new()
    {
        var read = To<TFormat>(body, contentType, headers);
        return read.Refused ?? read.Alerts.ShouldHaveSingleItem().Fault.ShouldNotBeNull();
    }

    /// <summary>The answer when everything that could be read was kept.</summary>
    public static Task<(int Status, string Body)> Answered<TFormat>(string body, string? contentType = null)
        where TFormat : IAlertFormat, new()
    {
        var format = new TFormat();
        var request = Request(format, body, contentType);
        return Answered(format.Answer(request, [.. format.Read(request).Alerts.Select(a => new AlertAnswer(a.Line, a.Alert, a.Alert is null ? null : new Guid(a.Line, 0, 0, new byte[8]), a.Fault))]));
    }

    public static async Task<(int Status, string Body)> Answered(IResult answer)
    {
        await using var services = new ServiceCollection().AddLogging().BuildServiceProvider();
        using var body = new MemoryStream();
        var http = new DefaultHttpContext { RequestServices = services, Response = { Body = body } };
        await answer.ExecuteAsync(http);
        await http.Response.BodyWriter.FlushAsync(TestContext.Current.CancellationToken);
        return (http.Response.StatusCode, Encoding.UTF8.GetString(body.ToArray()));
    }
}
