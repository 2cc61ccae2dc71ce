using CrisisOps.Server.Intake;
using CrisisOps.Server.Tests.Deadlines;
using CrisisOps.Server.Tests.Harness;
using CrisisOps.Server.Tests.Intake;
using Microsoft.Extensions.DependencyInjection;
using Shouldly;

namespace CrisisOps.Server.Tests.Risks;

/// <summary>What is usual is what came in the same hour of the weeks before, however it is stored by now.</summary>
public sealed class UsualReportsTests(TestServer server) : IClassFixture<TestServer>
{
    private const string Before = "insert into crisis.intake_volume select date_trunc('minute', $1::timestamptz) - w * interval '7 days' + m * interval '1 minute', 'Undetermined', $2, 'CivilSociety', 0, $3 from generate_series(1, 4) w, generate_series(-120, 180) m";

    [Fact]
    public async Task As_many_as_every_week_are_no_surge_and_the_same_elsewhere_are_one()
    {
        var (busy, quiet) = (await server.Feed(), await server.Feed());
        var spec = await server.As("spec-04", regions: [busy.Region, quiet.Region]);
        await server.Database.Execute(Before, await spec.Now(), busy.Region, 1L); // sixty an hour
        await server.Node.Services.GetRequiredService<VolumeRollUp>().RollUp(TestContext.Current.CancellationToken);
        await busy.Floods(60);
        await quiet.Floods(12);

        await spec.Judged();

        (await spec.Signals(busy.Region)).ShouldBeEmpty();
        var surge = (await spec.Signals(quiet.Region)).ShouldHaveSingleItem().GetProperty("surge");
        (surge.GetProperty("observed").GetInt64(), surge.GetProperty("baseline").GetDecimal(), surge.GetProperty("threshold").GetInt64()).ShouldBe((12, 0, 10));
    }

    [Fact]
    public async Task Minutes_become_hours_in_the_same_number_and_old_hours_go()
    {
        var region = StreamCalls.NewRegion();
        var now = await (await server.As("spec-04")).Now();
        await server.Database.Execute(Before, now, region, 2L);
        await server.Database.Execute("insert into crisis.intake_hours values ($1, 'Undetermined', $2, 'CivilSociety', 7)", now.AddDays(-40), region);
        var counted = await Counted(region);

        for (var again = 0; again < 2; again++)
        {
            await server.Node.Services.GetRequiredService<VolumeRollUp>().RollUp(TestContext.Current.CancellationToken);
        }

        (await Counted(region)).ShouldBe(counted - 7);
        (await server.Database.Scalar<long>("select count(*) from crisis.intake_volume where region = $1", region)).ShouldBe(0);
    }

    private Task<long> Counted(string region) => server.Database.Scalar<long>(
        "select sum(n)::bigint from (select n from crisis.intake_volume where region = $1 union all select n from crisis.intake_hours where region = $1) v", region);
}
