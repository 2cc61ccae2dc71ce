using CrisisOps.Server.Tests.Crises;
using CrisisOps.Server.Tests.Harness;
using Shouldly;

namespace CrisisOps.Server.Tests.Reactions;

/// <summary>A crisis and its escalations agree in the end, however far behind the rules were.</summary>
public sealed class LinkMirrorTests(TestPostgres postgres)
{
    [Fact]
    public async Task What_was_taken_back_before_a_rule_heard_of_it_does_not_come_back()
    {
        await using var database = await postgres.CreateDatabase();
        string crisis;
        string[] keys;
        await using (await RulesHeld.On(database))
        await using (var node = await TestNode.Start(database.ConnectionString))
        {
            var lead = await node.As("lead-01", roles: ["duty-lead", "specialist"], clearance: "RED");
            crisis = (await lead.Propose("XN")).ShouldBe(201).Key;
            await lead.Declare(crisis);
            keys = [await lead.Raised(), await lead.Raised(), await lead.Raised(), await lead.Raised()];
            await lead.Gives(keys[0], "link-to-crisis", new { crisisKey = crisis });
            await lead.Gives(keys[0], "unlink", new { key = crisis });
            await lead.Gives(crisis, "attach-escalation", new { escalationKey = keys[1] });
            await lead.Gives(crisis, "detach-escalation", new { escalationKey = keys[1], reason = "another story" });
            await lead.Gives(keys[2], "link-to-crisis", new { crisisKey = crisis });
            await lead.Gives(keys[2], "unlink", new { key = crisis });
            await lead.Gives(keys[2], "link-to-crisis", new { crisisKey = crisis });
            await lead.Gives(crisis, "attach-escalation", new { escalationKey = keys[3] });
        }

        var events = await database.Events();
        await using var later = await TestNode.Start(database.ConnectionString);
        await database.RulesHeard();

        var reader = await later.As("lead-01", roles: ["duty-lead"], clearance: "RED");
        (await reader.Attached(crisis)).ShouldBe([keys[2], keys[3]]);
        (await Task.WhenAll(keys.Select(reader.CrisisOf))).ShouldBe([null, null, crisis, crisis]);
        (await database.Events()).ShouldBe(events + 2); // one attach and one link, and no answer to them
        (await database.Failed()).ShouldBeEmpty();
    }
}
