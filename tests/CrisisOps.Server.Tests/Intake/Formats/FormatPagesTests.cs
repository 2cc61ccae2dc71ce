using System.Text.RegularExpressions;
using CrisisOps.Domain.Intake;
using CrisisOps.Server.Intake.Formats;
using CrisisOps.Server.Tests.Scenarios;
using Microsoft.AspNetCore.Http;
using Shouldly;

namespace CrisisOps.Server.Tests.Intake.Formats;

/// <summary>What the pages of the formats tell a partner to send is kept as it stands, without a mark.</summary>
public sealed partial class FormatPagesTests
{
    [Fact]
    public async Task The_page_of_our_own_format()
    {
        (await Kept<OwnAlerts>("own-alerts", 0, "application/json")).ShouldHaveSingleItem().ContentRefs.Count.ShouldBe(2);
        (await Kept<OwnAlerts>("own-alerts", 1, "application/x-ndjson")).Count.ShouldBe(2);
    }

    [Fact]
    public async Task The_page_of_cloud_events()
    {
        (await Kept<CloudEvents>("cloudevents", 0, "application/cloudevents+json")).ShouldHaveSingleItem().ThreatToLife.ShouldBeTrue();

        var headers = new HeaderDictionary();
        var page = await Page("cloudevents");
        foreach (Match header in Header().Matches(page))
        {
            headers[header.Groups[1].Value] = header.Groups[2].Value;
        }

        Sent.Alert<CloudEvents>(Data().Match(page).Groups[1].Value, "application/json", headers).ExternalRef.ShouldBe("ncw-9");
    }

    [Fact]
    public async Task The_page_of_cap() => (await Kept<Cap>("cap", 0, "application/cap+xml")).ShouldHaveSingleItem().Regions.ShouldBe(["XN"]);

    [Fact]
    public async Task The_page_of_pager_duty() => (await Kept<PagerDuty>("pagerduty", 0, "application/json")).ShouldHaveSingleItem().ThreatToLife.ShouldBeTrue();

    [Fact]
    public async Task The_page_of_alertmanager() => (await Kept<Alertmanager>("alertmanager", 0, "application/json")).ShouldHaveSingleItem().EvidenceRefs.Count.ShouldBe(2);

    [Fact]
    public async Task The_page_of_coop() => (await Kept<Coop>("coop", 0, "application/json")).ShouldHaveSingleItem().ThreatToLife.ShouldBeTrue();

    private static async Task<IReadOnlyList<IncomingAlert>> Kept<TFormat>(string page, int number, string contentType)
        where TFormat : IAlertFormat, new()
    {
        var body = Body().Matches(await Page(page))[number].Groups[1].Value;
        var read = Sent.To<TFormat>(body, contentType);
        read.Alerts.ShouldAllBe(a => a.Alert != null && a.Alert.Marks.Count == 0);
        return [.. read.Alerts.Select(a => a.Alert!)];
    }

    private static Task<string> Page(string name) => File.ReadAllTextAsync(Path.Combine(Story.Root, "docs", "intake", $"{name}.md"), TestContext.Current.CancellationToken);

    [GeneratedRegex("<<'?END'?\n(.*?\n)END\n", RegexOptions.Singleline)]
    private static partial Regex Body();

    [GeneratedRegex("-H \"(ce-[a-z]+): ([^\"]+)\"")]
    private static partial Regex Header();

    [GeneratedRegex("-d '([^']+)'")]
    private static partial Regex Data();
}
