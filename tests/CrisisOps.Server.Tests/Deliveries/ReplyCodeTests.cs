using System.Text.Json;
using System.Text.RegularExpressions;
using CrisisOps.Server.Deliveries;
using CrisisOps.Server.Tests.Crises;
using CrisisOps.Server.Tests.Deadlines;
using CrisisOps.Server.Tests.Harness;
using Microsoft.Extensions.DependencyInjection;
using Shouldly;

namespace CrisisOps.Server.Tests.Deliveries;

/// <summary>A partner without a computer at hand says the code of its message, and that is an acknowledgement.</summary>
public sealed partial class ReplyCodeTests(MailServer server) : IClassFixture<MailServer>
{
    [Fact]
    public async Task The_code_in_a_mail_acknowledges_it_once_when_a_gateway_brings_it()
    {
        var (crisis, key, code) = await Mailed();
        var gateway = await server.As("sms-gateway", roles: ["integration"]);

        (await Say(gateway, code, "night desk")).ShouldBe(200).Text.ShouldContain("Acknowledged");
        (await Say(gateway, code, "somebody else")).ShouldBe(200).Text.ShouldContain("before");

        var ack = (await crisis.Lead.Read(crisis.Key)).GetProperty("alerts")[0].GetProperty("acks").EnumerateArray().ShouldHaveSingleItem();
        ack.GetProperty("by").GetString().ShouldBe("night desk");
        ack.GetProperty("channel").GetString().ShouldBe("Email");
        await server.Delivery($"incident={crisis.Key}&recipient={key}", "Acknowledged");
    }

    [Theory]
    [InlineData("specialist", null, "Phone")]
    [InlineData("duty-lead", null, "Phone")]
    [InlineData("partner-manager", "Chat", "Chat")]
    [InlineData("communications", "InPerson", "InPerson")]
    [InlineData("integration", "Phone", "Phone")]
    public async Task Staff_take_it_by_telephone_unless_they_say_otherwise(string role, string? channel, string through)
    {
        var (crisis, key, code) = await Mailed();
        var taker = await server.As("taker-01", roles: [role], regions: [StreamCalls.NewRegion()], clearance: "GREEN");

        var answer = (await taker.Send(HttpMethod.Post, "/v1/acknowledgements", new { code, by = "night desk", channel })).ShouldBe(200);

        answer.Text.ShouldNotContain(crisis.Key);
        (await server.Delivery($"incident={crisis.Key}&recipient={key}", "Acknowledged")).GetProperty("acknowledgedThrough").GetString().ShouldBe(through);
    }

    [Fact]
    public async Task A_code_is_understood_as_people_say_it()
    {
        var (_, _, code) = await Mailed();
        var taker = await server.As("taker-02");

        (await Say(taker, $" {code.Replace("-", " – ", StringComparison.Ordinal).ToLowerInvariant().Replace('0', 'o').Replace('1', 'l')} ")).ShouldBe(200);
        ReplyCodes.Read("o0Il-1abc").ShouldBe("0011-1ABC");
        ReplyCodes.Read("7F3K9QXU").ShouldBeNull();
    }

    [Fact]
    public async Task A_code_that_nobody_has_or_that_is_none_writes_nothing()
    {
        var (_, _, code) = await Mailed();
        var taker = await server.As("taker-03");
        var before = await server.Database.Everything();
        var wrong = $"{(code[0] == 'Z' ? 'Y' : 'Z')}{code[1..]}";

        (await Say(taker, wrong)).ShouldBeProblem(404, "not-found");
        (await Say(taker, "7F3K")).ShouldBeProblem(422, "validation", member: "code");
        (await Say(taker, code + "7")).ShouldBeProblem(422, "validation", member: "code");
        (await Say(taker, new string('7', 5000))).ShouldBeProblem(422, "validation", member: "code");
        (await Say(taker, code, " ")).ShouldBeProblem(422, "validation", member: "by");
        (await Say(taker, code, new string('a', 201))).ShouldBeProblem(422, "validation", member: "by");
        (await taker.Send(HttpMethod.Post, "/v1/acknowledgements", new { code })).ShouldBeProblem(422, "validation", member: "by");
        (await taker.Send(HttpMethod.Post, "/v1/acknowledgements", new { code, by = "desk", who = "me" })).ShouldBeProblem(422, "validation", member: "who");
        (await taker.Send(HttpMethod.Post, "/v1/acknowledgements", new { code, by = "desk", channel = "Platform" })).ShouldBeProblem(422, "validation", member: "channel");
        (await taker.Send(HttpMethod.Post, "/v1/acknowledgements", "[]")).Status.ShouldBe(400);
        (await Say(server.Node.With(null), code)).ShouldBeProblem(401, "unauthenticated");

        (await server.Database.Everything()).ShouldBe(before);
    }

    [Theory]
    [InlineData("partner")]
    [InlineData("executive")]
    [InlineData("analyst")]
    [InlineData("admin")]
    public async Task Who_takes_no_codes_is_told_who_does(string role)
    {
        var (crisis, key, code) = await Mailed();

        (await Say(await server.As("reader-50", roles: [role], partner: key), code)).ShouldBeProblem(403, "forbidden")["detail"].ShouldNotBeNull().ShouldContain("integration");

        (await crisis.Lead.Read(crisis.Key)).GetProperty("alerts")[0].GetProperty("acks").GetArrayLength().ShouldBe(0);
    }

    [Fact]
    public async Task Who_guesses_has_to_wait_and_others_do_not()
    {
        var (_, _, code) = await Mailed();
        var guesser = await server.As("guesser-01", roles: ["integration"]);
        for (var i = 0; i < 20; i++)
        {
            (await Say(guesser, $"ZZZZ-ZZ{i / 10}{i % 10}")).ShouldBeProblem(404, "not-found");
        }

        var limited = (await Say(guesser, code)).ShouldBeProblem(429, "rate-limited");

        limited.RetryAfter.ShouldNotBeNull().ShouldBeInRange(TimeSpan.FromSeconds(1), TimeSpan.FromSeconds(60));
        (await Say(await server.As("taker-04"), "ZZZZ-ZZZZ")).ShouldBeProblem(404, "not-found");
        await guesser.Pass(TimeSpan.FromSeconds(61));
        (await Say(guesser, code)).ShouldBe(200);
    }

    [Fact]
    public async Task What_a_machine_reads_has_no_code_unless_it_was_cleared_for_the_text()
    {
        var (_, thinName, thinPath) = await server.Reachable();
        var (_, fullName, fullPath) = await server.Reachable(full: true);
        var (_, capName, capPath) = await server.Reachable(format: "Cap");
        var crisis = await server.StandUp();
        await Issue(crisis, thinName, fullName, capName);

        (await server.Receiver.Next(thinPath)).Text.ShouldNotContain("replyCode");
        var cap = (await server.Receiver.Next(capPath)).Text;
        var code = JsonDocument.Parse((await server.Receiver.Next(fullPath)).Body).RootElement.GetProperty("data").GetProperty("replyCode").GetString()!;

        cap.ShouldNotContain("code: ");
        (await Say(await server.As("taker-05"), code)).ShouldBe(200);
        (await server.Database.Column<string>("select reply_code from crisis.deliveries where incident = $1 and reply_code is not null", crisis.Key)).ShouldBe([code]);
        server.Receiver.ShouldHaveNothingElse();
    }

    [Fact]
    public async Task Every_message_of_an_alert_has_its_own_code_and_the_all_clear_has_none()
    {
        var (crisis, key, code) = await Mailed();
        var alert = (await crisis.Lead.Read(crisis.Key)).GetProperty("alerts")[0].GetProperty("alertId").GetString();
        await crisis.Liaison.Gives(crisis.Key, "update-alert", new { alertId = alert, headline = "More hashes", text = "Match these too." });
        var second = Code().Match(await Text(key, 3)).Value;
        await crisis.Liaison.Gives(crisis.Key, "cancel-alert", new { alertId = alert, text = "No further action is needed." });

        second.ShouldNotBe(code);
        Code().IsMatch(await Text(key, 4)).ShouldBeFalse();
    }

    [Fact]
    public async Task A_code_that_another_message_has_already_is_not_given_again()
    {
        var codes = server.Node.Services.GetRequiredService<ReplyCodes>();
        var id = $"msg_{Guid.NewGuid():N}";
        var first = (await codes.For([id], TestContext.Current.CancellationToken))[id];
        var other = await server.Told("PRT-999", "CR-1", "x", channel: "Email", state: "Queued");
        await server.Database.Execute("update crisis.deliveries set reply_code = $2, next_at = now() + interval '10 y' where id = $1", other, first);

        var second = (await codes.For([id, other], TestContext.Current.CancellationToken))[id];

        second.ShouldNotBe(first);
        second.ShouldMatch("^[0-9A-HJKMNP-TV-Z]{4}-[0-9A-HJKMNP-TV-Z]{4}$");
    }

    /// <summary>A partner that reads mail has got an alert.</summary>
    private async Task<(CrisisStories.Crisis Crisis, string Key, string Code)> Mailed()
    {
        var (key, name) = await server.Partner();
        await (await server.Manager()).Gives(key, "register-endpoint", new { channel = "Email", address = Address(key) });
        (await server.Follow(Url().Match(await Text(key, 1)).Value)).ShouldBe(200);
        var crisis = await server.StandUp();
        await Issue(crisis, name);
        return (crisis, key, Code().Match(await Text(key, 2)).Value);
    }

    private static Task<Answer> Issue(CrisisStories.Crisis crisis, params string[] names) =>
        crisis.Liaison.Gives(crisis.Key, "issue-alert", new { recipients = names, headline = "Live video of an attack", text = "Match these hashes." });

    private static Task<Answer> Say(Api api, string code, string by = "duty officer") => api.Send(HttpMethod.Post, "/v1/acknowledgements", new { code, by });

    private async Task<string> Text(string key, int number)
    {
        return (await server.Letter(Address(key), number)).Text;
    }

    private static string Address(string key) => $"codes-{key.ToLowerInvariant()}@partner.example";

    [GeneratedRegex("http://\\S+/v1/links/\\S+")]
    private static partial Regex Url();

    [GeneratedRegex("(?<=code: )[0-9A-Z]{4}-[0-9A-Z]{4}")]
    private static partial Regex Code();
}
