using CrisisOps.Server.Tests.Harness;
using Shouldly;

namespace CrisisOps.Server.Tests.Reactions;

/// <summary>Who hears at once that a report arrived (domain §2.1; §3, P1).</summary>
public sealed class ReceiptRuleTests(TestServer server) : IClassFixture<TestServer>
{
    [Fact]
    public async Task A_receipt_is_confirmed_by_rule_to_a_partner_that_reports_a_SEV1_and_to_a_notifier_and_to_nobody_else()
    {
        var specialist = await server.As("spec-04");
        var partner = await server.As("civic-watch", roles: ["partner"], partner: "PRT-1");
        var urgent = await partner.Raised(new { source = "TrustedPartner", proposedSeverity = "SEV1" });
        var calm = await partner.Raised(new { source = "TrustedPartner", proposedSeverity = "SEV3" });
        var own = await specialist.Raised(new { proposedSeverity = "SEV1" });
        var notice = await specialist.Raised(new { source = "Art16Notice", proposedSeverity = "SEV4" });
        await server.Database.RulesHeard();

        string[] all = [urgent, calm, own, notice];
        (await server.Database.Column<string>("select stream_id from crisis.mt_events where type = 'receipt_acknowledged' and stream_id = any ($1) and user_name = 'system' order by 1", (object)all))
            .ShouldBe([urgent, notice]);
    }
}
