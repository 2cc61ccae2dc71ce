using CrisisOps.Server.Tests.Crises;
using CrisisOps.Server.Tests.Deliveries;
using CrisisOps.Server.Tests.Harness;
using Shouldly;

namespace CrisisOps.Server.Tests.Telling;

/// <summary>Who must be told is told without having asked: duty and command (domain §4, "must be told, and when").</summary>
public sealed class DutyTests(MailServer server) : IClassFixture<MailServer>
{
    [Fact]
    public async Task Who_is_on_duty_for_legal_in_the_region_is_told_of_the_declaration_within_ten_minutes_of_it()
    {
        var region = StreamCalls.NewRegion();
        var (legal, elsewhere) = (await Reader.Of(server, role: "legal-counsel", functions: ["Legal"]), await Reader.Of(server, role: "legal-counsel", functions: ["Legal"]));
        await OnDuty("Legal", region, legal.Id);
        await OnDuty("Comms", "QZ", elsewhere.Id);

        var crisis = await server.StandUp(region);

        (await legal.Next()).Subject.ShouldContain("HARBOUR declared, Level1");
        var delivery = (await server.Deliveries($"incident={crisis.Key}&recipient={legal.Contact}")).ShouldHaveSingleItem();
        (delivery.GetProperty("dueBy").GetDateTimeOffset() - delivery.GetProperty("createdAt").GetDateTimeOffset()).ShouldBeInRange(TimeSpan.FromMinutes(9), TimeSpan.FromMinutes(10));
        (await elsewhere.Rest()).ShouldBeEmpty();
    }

    [Fact]
    public async Task That_nobody_knows_how_to_reach_who_is_on_duty_stands_on_the_record()
    {
        var region = StreamCalls.NewRegion();
        await OnDuty("PublicPolicy", region, "policy-without-contact");

        var crisis = await server.StandUp(region);

        await server.Database.RulesHeard();
        (await server.Deliveries($"incident={crisis.Key}&recipient=policy-without-contact")).ShouldHaveSingleItem().GetProperty("reason").GetString().ShouldBe("no-contact");
    }

    [Fact]
    public async Task Who_is_given_a_role_is_told_so_and_reads_from_then_on_as_command()
    {
        var chief = await Reader.Of(server);
        var crisis = await server.StandUp();

        await server.Database.RulesHeard();
        await crisis.Commander.Gives(crisis.Key, "assign-role", new { role = "PlanningSectionChief", person = chief.Id });
        (await chief.Next()).Text.ShouldContain("You have a role in this now.");
        await crisis.Lead.Gives(crisis.Key, "post-update", new { condition = "For command only.", audiences = new[] { new { audience = "Core" } } });
        (await chief.Next()).Text.ShouldContain("For command only.");
    }

    [Fact]
    public async Task A_consult_reaches_who_is_on_duty_for_that_function_and_region()
    {
        var region = StreamCalls.NewRegion();
        var counsel = await Reader.Of(server, role: "legal-counsel", functions: ["Legal"]);
        await OnDuty("Legal", region, counsel.Id);
        var spec = await server.Staff("spec-04", "specialist");
        var key = (await spec.Send(HttpMethod.Post, "/v1/escalations", new { title = "A post", source = "UserReport", surface = "Feed", region = new[] { region } })).ShouldBe(201).Key;

        await spec.Gives(key, "request-input", new { question = "May this stay up under local law?", dueAt = DateTimeOffset.UtcNow.AddHours(1), function = "Legal" });
        await spec.Gives(key, "request-input", new { question = "Who speaks with the ministry?", dueAt = DateTimeOffset.UtcNow.AddHours(1), function = "PublicPolicy" });

        (await counsel.Next()).Text.ShouldContain("May this stay up under local law?");
        await server.Database.RulesHeard();
        (await server.Deliveries($"incident={key}&recipient=PublicPolicy")).ShouldHaveSingleItem().GetProperty("reason").GetString().ShouldBe("no-contact");
    }

    private async Task OnDuty(string function, string region, string person) =>
        (await (await server.As("admin-01", roles: ["admin"])).Put($"/v1/duty/{function}/{region}", new { person, channels = new[] { "Email" } })).ShouldBe(200);
}
