using System.Text;
using System.Text.Json;
using System.Text.RegularExpressions;
using CrisisOps.Server.Tests.Crises;
using CrisisOps.Server.Tests.Deadlines;
using CrisisOps.Server.Tests.Harness;
using Shouldly;

namespace CrisisOps.Server.Tests.Deliveries;

/// <summary>What receivers answer and people write is taken for what it is, and never for more.</summary>
public sealed partial class HostileReceiverTests(DeliveryServer server) : IClassFixture<DeliveryServer>
{
    [Theory]
    [InlineData("2000000000")]
    [InlineData("99999999999999999999")]
    [InlineData("-5")]
    [InlineData("soon")]
    [InlineData("Fri, 31 Dec 9999 23:59:59 GMT")]
    [InlineData("Thu, 01 Jan 1970 00:00:00 GMT")]
    public async Task However_long_somebody_asks_to_wait_it_is_a_day_at_most(string retryAfter)
    {
        var (key, name, path) = await server.Reachable();
        server.Receiver.On(path, http =>
        {
            http.Response.StatusCode = 503;
            http.Response.Headers.RetryAfter = retryAfter;
            return Task.CompletedTask;
        });
        await Issue(name);
        var id = (await server.Receiver.Next(path)).Id;
        await Status(id);
        server.Receiver.Answers(path, 204);
        var manager = await server.Manager();
        var health = (await manager.Get($"/v1/partners/{key}/status")).ShouldBe(200).Json.GetProperty("items")[0];
        health.GetProperty("leftAloneUntil").GetDateTimeOffset().ShouldBeLessThan((await manager.Now()).AddHours(25));

        await manager.MoveTo((await manager.Now()).AddHours(25));

        (await server.Receiver.Next(path)).Id.ShouldBe(id);
        await server.Delivery($"recipient={key}&kind=Alert", "Delivered");
    }

    [Fact]
    public async Task Who_hangs_up_before_the_answer_gets_it_again()
    {
        var (key, name, path) = await server.Reachable();
        server.Receiver.On(path, http =>
        {
            http.Abort();
            return Task.CompletedTask;
        });
        await Issue(name);
        var id = (await server.Receiver.Next(path)).Id;
        (await Status(id)).ShouldBe("Failed broken");
        server.Receiver.Answers(path, 204);

        await Later(TimeSpan.FromSeconds(6));

        (await server.Receiver.Next(path)).Id.ShouldBe(id);
        await server.Delivery($"recipient={key}&kind=Alert", "Delivered");
    }

    [Fact]
    public async Task Who_hangs_up_in_the_middle_of_an_answer_that_said_yes_has_it()
    {
        var (key, name, path) = await server.Reachable();
        server.Receiver.On(path, async http =>
        {
            http.Response.StatusCode = 200;
            http.Response.ContentLength = 1000;
            await http.Response.Body.WriteAsync("begun"u8.ToArray()); // and the connection ends
        });
        await Issue(name);
        await server.Receiver.Next(path);

        await server.Delivery($"recipient={key}&kind=Alert", "Delivered");
    }

    [Fact]
    public async Task A_long_text_in_any_script_arrives_as_it_was_written()
    {
        var (_, name, path) = await server.Reachable(full: true);
        var text = string.Concat(Enumerable.Repeat("Привет 世界 😀 ", 769)).TrimEnd();
        var headline = "Übergriff: 🔥 <b>\"&\"</b>";
        await Issue(name, headline, text);

        var came = await server.Receiver.Next(path);

        var data = JsonDocument.Parse(came.Body).RootElement.GetProperty("data");
        data.GetProperty("text").GetString().ShouldBe(text);
        data.GetProperty("headline").GetString().ShouldBe(headline);
        came.Body.Length.ShouldBeGreaterThan(20_000);
    }

    [Fact]
    public async Task In_a_chat_room_nobody_is_rung_by_what_people_write_and_every_script_is_read()
    {
        var (key, name) = await server.Partner();
        var path = $"/{key}";
        await (await server.Manager()).Gives(key, "register-endpoint", new { channel = "Chat", address = server.Receiver.Url(path) });
        (await server.Follow(Links().Match(Words(await server.Receiver.Next(path))).Value)).ShouldBe(200);
        await Issue(name, "Übergriff 世界 😀 <!channel>", "Bitte & prüfen.");

        var words = Words(await server.Receiver.Next(path));

        words.ShouldContain("[TLP:AMBER] Übergriff 世界 😀 &lt;!channel&gt;");
        words.ShouldContain("Bitte &amp; prüfen.");
    }

    [Fact]
    public async Task A_line_break_in_a_name_or_a_headline_is_no_header_of_the_message()
    {
        var manager = await server.Manager();
        (await manager.Send(HttpMethod.Post, "/v1/partners", new { name = "Evil\r\nX-Injected: 1", type = "IndustryPeer" })).Status.ShouldBeInRange(200, 499);
        var (_, name, path) = await server.Reachable(full: true);
        var crisis = await server.StandUp();
        var issued = await crisis.Liaison.Give(crisis.Key, "issue-alert", new { recipients = new[] { name }, headline = "Attack\r\nX-Injected: 1\r\n\r\nbody", text = "Match these hashes." });
        if (issued.Ok)
        {
            (await server.Receiver.Next(path)).Headers.ShouldNotContainKey("X-Injected");
        }
    }

    [Fact]
    public async Task Addresses_bodies_links_and_secrets_are_in_no_log()
    {
        var (key, name) = await server.Partner();
        var path = $"/{key}/T0K3N-IN-THE-ADDRESS";
        await server.Confirmed(key, path, full: true);
        var secret = (await (await server.Manager()).Get($"/v1/partners/{key}/endpoints/EP-1/secrets")).Json.GetProperty("items")[0].GetProperty("secret").GetString()!;
        server.Receiver.On(path, http =>
        {
            http.Abort();
            return Task.CompletedTask;
        });
        await Issue(name, "Headline-for-nobody", "Text-for-nobody");
        var came = await server.Receiver.Next(path);
        await Status(came.Id);
        var link = JsonDocument.Parse(came.Body).RootElement.GetProperty("data").GetProperty("acknowledge").GetString()!;
        await (await server.Manager()).Gives(key, "register-endpoint", new { channel = "Webhook", address = "http://127.0.0.1:1/T0K3N-IN-THE-ADDRESS" });
        await Eventually.Is(async () => (await server.Deliveries($"recipient={key}&kind=Verification")).Any(d => d.GetProperty("endpoint").GetString() == "EP-2" && d.GetProperty("attempts").GetInt32() > 0), "the second one was tried");
        (await server.Follow(link)).ShouldBe(200);

        var log = string.Join('\n', server.Log.All);
        foreach (var word in (string[])["T0K3N-IN-THE-ADDRESS", "Headline-for-nobody", "Text-for-nobody", secret, secret["whsec_".Length..], link.Split('/')[^1]])
        {
            log.ShouldNotContain(word, Case.Sensitive);
        }

        server.Receiver.Answers(path, 204);
    }

    [Theory]
    [InlineData("multipart/form-data", "x")]
    [InlineData("multipart/form-data; boundary=x", "--x\r\nContent-Disposition: form-data; name=\"by\"\r\n\r\nunended")]
    [InlineData("application/x-www-form-urlencoded", "by=%00")]
    [InlineData("application/x-www-form-urlencoded", "by=%ED%A0%80%FF")]
    [InlineData("application/json", "{\"by\":\"\\ud800\"}")]
    [InlineData("application/json", "null")]
    [InlineData("application/json", "{\"by\":")]
    public async Task An_odd_answer_to_a_link_is_no_fault_of_the_server(string type, string body)
    {
        var (_, name, path) = await server.Reachable();
        await Issue(name);
        var link = JsonDocument.Parse((await server.Receiver.Next(path)).Body).RootElement.GetProperty("data").GetProperty("acknowledge").GetString()!;
        using var content = new ByteArrayContent(Encoding.UTF8.GetBytes(body));
        content.Headers.TryAddWithoutValidation("Content-Type", type);

        (await server.Node.With(null).Send(HttpMethod.Post, new Uri(link).AbsolutePath, content, null)).Status.ShouldBeLessThan(500);
        server.Log.Errors.ShouldBeEmpty();
    }

    [Fact]
    public async Task A_form_of_many_fields_is_no_fault_of_the_server()
    {
        var (_, name, path) = await server.Reachable();
        await Issue(name);
        var link = JsonDocument.Parse((await server.Receiver.Next(path)).Body).RootElement.GetProperty("data").GetProperty("acknowledge").GetString()!;
        using var content = new StringContent(string.Join('&', Enumerable.Range(0, 5_000).Select(n => $"f{n}=x")), Encoding.UTF8, "application/x-www-form-urlencoded");

        (await server.Node.With(null).Send(HttpMethod.Post, new Uri(link).AbsolutePath, content, null)).Status.ShouldBeInRange(400, 499);
    }

    private async Task Issue(string name, string headline = "Live video of an attack", string text = "Match these hashes.")
    {
        var crisis = await server.StandUp(consequence: 2); // one that reports three times a day: the next test may move the clock by a day
        await crisis.Liaison.Gives(crisis.Key, "issue-alert", new { recipients = new[] { name }, headline, text });
    }

    private static string Words(ReceivedRequest came) => JsonDocument.Parse(came.Body).RootElement.GetProperty("text").GetString()!;

    private async Task<string> Status(string id)
    {
        var lead = await server.As("lead-01", roles: ["duty-lead"], clearance: "RED");
        var status = "";
        await Eventually.Is(
            async () => (await lead.Get($"/v1/deliveries/{id}")).ShouldBe(200).Json.GetProperty("attemptList") is var list && list.GetArrayLength() > 0
                && (status = $"{list[0].GetProperty("result").GetString()} {list[0].GetProperty("status").GetString()}").Length > 0,
            $"an attempt of {id} is on the record");
        return status;
    }

    private async Task Later(TimeSpan time)
    {
        var api = await server.Manager();
        await api.MoveTo((await api.Now()) + time);
    }

    [GeneratedRegex("https?://\\S+")]
    private static partial Regex Links();
}
