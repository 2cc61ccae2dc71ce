using CrisisOps.Server.Tests.Harness;
using Shouldly;

namespace CrisisOps.Server.Tests.Deliveries;

/// <summary>What the other side does wrong costs time and nothing else; and it is on the record.</summary>
public sealed class FaultTests(DeliveryServer server) : IClassFixture<DeliveryServer>
{
    [Fact]
    public async Task What_failed_is_sent_again_with_the_same_id_and_every_attempt_is_on_the_record()
    {
        var (key, name, path) = await server.Reachable();
        server.Receiver.Answers(path, 500);
        var id = await server.Alerted(name, path);
        await server.Attempted(id, 1);

        server.Receiver.Answers(path, 204);
        await server.Later(TimeSpan.FromSeconds(6));

        (await server.Receiver.Next(path)).Id.ShouldBe(id);
        await server.Delivery($"recipient={key}&kind=Alert", "Delivered");
        (await server.Attempts(id)).ShouldBe(["1 Failed 500", "2 Delivered 204"]);
    }

    [Fact]
    public async Task An_address_that_is_gone_is_sent_nothing_more()
    {
        var (key, name, path) = await server.Reachable();
        server.Receiver.Answers(path, 410);
        await server.Alerted(name, path);

        (await server.Delivery($"recipient={key}&kind=Alert", "Exhausted")).GetProperty("reason").GetString().ShouldBe("gone");
        await Eventually.Is(async () => (await (await server.Manager()).Read(key)).GetProperty("endpoints")[0].TryGetProperty("disabled", out _), "the endpoint is disabled");
        await server.Issue(name);
        await server.Delivery($"recipient={key}&state=Suppressed", "Suppressed");
    }

    [Theory]
    [InlineData(429)]
    [InlineData(503)]
    public async Task Who_asks_for_less_is_left_alone_until_then(int status)
    {
        var (key, name, path) = await server.Reachable();
        server.Receiver.On(path, http =>
        {
            http.Response.StatusCode = status;
            http.Response.Headers.RetryAfter = "120";
            return Task.CompletedTask;
        });
        var first = await server.Alerted(name, path);
        await server.Attempted(first, 1);
        server.Receiver.Answers(path, 204);
        await server.Issue(name);

        await server.Later(TimeSpan.FromSeconds(110));
        (await server.Deliveries($"recipient={key}&kind=Alert")).ShouldAllBe(d => d.GetProperty("state").GetString() == "Queued");

        await server.Later(TimeSpan.FromSeconds(15));
        await server.Receiver.Next(path);
        await server.Receiver.Next(path);
        await Eventually.Is(async () => (await server.Deliveries($"recipient={key}&kind=Alert&state=Delivered")).Count == 2, "both are delivered");
    }

    [Fact]
    public async Task After_five_failures_in_a_row_an_endpoint_is_left_alone_for_half_a_minute_and_then_longer_up_to_ten_minutes()
    {
        var (key, name, path) = await server.Reachable();
        server.Receiver.Answers(path, 500);
        List<string> ids = [];
        for (var n = 0; n < 5; n++)
        {
            ids.Add(await server.Alerted(name, path));
            await server.Attempted(ids[^1], 1);
        }

        var came = ids.Count;
        await server.Later(TimeSpan.FromSeconds(25));
        await Attempts(1); // they were due again after five seconds
        await server.Later(TimeSpan.FromSeconds(10));
        await Attempts(2);

        // Ten failures now: half a minute doubled five times would be more than ten minutes.
        server.Receiver.Answers(path, 204);
        await server.Later(TimeSpan.FromMinutes(9));
        await Attempts(2);
        await server.Later(TimeSpan.FromMinutes(2));
        await Attempts(3);
        (await server.Deliveries($"recipient={key}&kind=Alert")).ShouldAllBe(d => d.GetProperty("state").GetString() == "Delivered");

        async Task Attempts(int each)
        {
            foreach (var id in ids)
            {
                await server.Attempted(id, each);
            }

            for (; came < each * ids.Count; came++)
            {
                await server.Receiver.Next(path);
            }

            (await server.Database.Scalar<long>("select max(n)::bigint from crisis.delivery_attempts where delivery = any ($1)", (object)ids.ToArray())).ShouldBe(each);
        }
    }

    [Fact]
    public async Task An_answer_after_the_timeout_does_not_count_and_the_repeat_has_the_same_id()
    {
        var (key, name, path) = await server.Reachable();
        var late = new TaskCompletionSource();
        server.Receiver.On(path, _ => late.Task);
        var id = await server.Alerted(name, path);
        await server.Attempted(id, 1);
        late.SetResult();
        server.Receiver.Answers(path, 204);

        await server.Later(TimeSpan.FromSeconds(6));

        (await server.Receiver.Next(path)).Id.ShouldBe(id);
        await server.Delivery($"recipient={key}&kind=Alert", "Delivered");
        (await server.Attempts(id))[0].ShouldBe("1 Failed timeout");
    }

    [Fact]
    public async Task A_redirect_is_not_followed()
    {
        var (_, name, path) = await server.Reachable();
        server.Receiver.On(path, http =>
        {
            http.Response.Redirect(server.Receiver.Url("/elsewhere"));
            return Task.CompletedTask;
        });
        var id = await server.Alerted(name, path);

        await server.Attempted(id, 1);
        (await server.Attempts(id)).ShouldBe(["1 Failed 302"]);
        server.Receiver.ShouldHaveNothingElse();
        server.Receiver.Answers(path, 204);
        await server.Later(TimeSpan.FromSeconds(6));
        await server.Receiver.Next(path);
    }

    [Fact]
    public async Task An_answer_without_end_holds_nobody_up()
    {
        var (key, name, path) = await server.Reachable();
        server.Receiver.On(path, async http =>
        {
            var junk = new byte[64 * 1024];
            while (!http.RequestAborted.IsCancellationRequested)
            {
                await http.Response.Body.WriteAsync(junk, http.RequestAborted);
            }
        });
        await server.Alerted(name, path);

        await server.Delivery($"recipient={key}&kind=Alert", "Delivered");
    }

    [Fact]
    public async Task Who_asked_for_order_gets_the_second_message_after_the_first()
    {
        var (key, name) = await server.Partner();
        var path = $"/{key}";
        await server.Confirmed(key, path, ordered: true);
        server.Receiver.Answers(path, 500);
        var (crisis, alert) = await server.Issue(name);
        var first = (await server.Receiver.Next(path)).Id;
        await server.Attempted(first, 1);
        server.Receiver.Answers(path, 204);
        await crisis.Liaison.Gives(crisis.Key, "update-alert", new { alertId = alert, headline = "More", text = "Twelve more hashes." });
        await server.Delivery($"recipient={key}&kind=AlertUpdate", "Queued");

        await server.Later(TimeSpan.FromSeconds(6));

        (await server.Receiver.Next(path)).Id.ShouldBe(first);
        (await server.Receiver.Next(path)).Text.ShouldContain("PartnerAlertUpdated");
    }

    [Fact]
    public async Task A_partner_that_was_suspended_while_a_message_waited_does_not_get_it()
    {
        var (key, name, path) = await server.Reachable();
        server.Receiver.Answers(path, 500);
        var id = await server.Alerted(name, path);
        await server.Attempted(id, 1);
        server.Receiver.Answers(path, 204);
        await (await server.Manager()).Gives(key, "suspend", new { reason = "under investigation" });

        await server.Later(TimeSpan.FromSeconds(6));

        (await server.Delivery($"recipient={key}&kind=Alert", "Suppressed")).GetProperty("reason").GetString().ShouldBe("not-active");
        server.Receiver.ShouldHaveNothingElse();
    }
}
