using CrisisOps.Domain.Shared;
using CrisisOps.Server.Access;
using CrisisOps.Server.Streams;
using CrisisOps.Server.Tests.Harness;
using Npgsql;
using Shouldly;

namespace CrisisOps.Server.Tests.Access;

/// <summary>The rule in memory and the rule in SQL are one rule.</summary>
public sealed class SightTests(TestServer server) : IClassFixture<TestServer>
{
    private const int Rounds = 4000;
    private static readonly string[] _regions = ["XN", "XN-01", "XN-02", "XS", "001"];
    private static readonly string[] _people = ["a", "b", "c"];
    private static readonly string[] _partners = ["P1", "P2"];

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task Memory_and_query_agree_on_who_sees_what_as_which_audience(bool cards)
    {
        var seed = Environment.TickCount;
        var random = new Random(seed);
        await using var database = NpgsqlDataSource.Create(server.Database.ConnectionString);
        var seen = 0;
        for (var round = 0; round < Rounds; round++)
        {
            var facts = cards ? Facts(random) with { Specialists = Any<Audience?>([Audience.Core, Audience.CrossFunctional, null], random) } : Facts(random);
            var caller = AnyCaller(random);

            var expected = Sight.AudienceOf(facts, caller);
            var (found, filed, exactly) = await Asked(database, facts, caller, cards ? SightRows.Cards : SightRows.Escalations);

            var story = $"seed {seed}, round {round}: {facts} for {caller} {string.Join(",", caller.Roles)}";
            found.ShouldBe(expected, story);
            seen += expected is null ? 0 : 1;
            if (cards)
            {
                continue; // they are not filed
            }

            (filed || !(expected < Audience.Partner)).ShouldBeTrue($"no scope of the reader holds it; {story}");
            (!exactly || expected < Audience.Partner).ShouldBeTrue($"an exact scope holds what is out of sight; {story}");
        }

        seen.ShouldBeInRange(Rounds / 20, Rounds * 19 / 20);
    }

    private static async Task<(Audience? Audience, bool Filed, bool Exactly)> Asked(NpgsqlDataSource database, SightFacts facts, Caller caller, SightRows rows)
    {
        var arguments = new SqlArguments();
        var sight = Sight.Sql("e", rows, caller, arguments);
        var row = $"""
            (select {arguments.Add(SightColumns.Of(facts)[0])}::smallint as specialists, {arguments.Add((short)facts.Tlp)}::smallint as tlp, {arguments.Add(facts.Regions)}::text[] as regions, {arguments.Add(Regions.WithParents(facts.Regions).ToArray())}::text[] as regions_up,
                    {arguments.Add(facts.Owners)}::text[] as owners, {arguments.Add(facts.Named)}::text[] as named, {arguments.Add(facts.Glass)}::text[] as glass,
                    {arguments.Add(facts.Consulted.Select(f => f.ToString()).ToArray())}::text[] as consulted, {arguments.Add(facts.Involved.Select(RoleNames.Of).ToArray())}::text[] as involved,
                    {arguments.Add(facts.RequesterPartner)}::text as requester_partner) e
            """;
        var filed = Sight.ScopesOf(caller);
        const string scopes = "crisis.scopes(e.tlp, e.regions, e.regions_up, e.owners, e.named, e.glass, e.consulted, e.involved)";
        await using var command = database.Statement(
            $"""
            select case when {sight.Visible} then {sight.Audience} end, exists (select 1 from {scopes} s where s = any ({arguments.Add(filed.Select(s => s.Name).ToArray())})),
                   exists (select 1 from {scopes} s where s = any ({arguments.Add(filed.Where(s => s.Exact).Select(s => s.Name).ToArray())})) from {row}
            """,
            arguments.Values);
        await using var reader = await command.ExecuteReaderAsync();
        await reader.ReadAsync();
        return (await reader.IsDBNullAsync(0) ? null : (Audience)reader.GetInt32(0), reader.GetBoolean(1), reader.GetBoolean(2));
    }

    private static SightFacts Facts(Random random) => new(
        (Tlp)random.Next(5), Some(_regions, random), Some(_people, random), Some(_people, random), Some(_people, random),
        Some(Enum.GetValues<Function>()[..3], random), Some([Role.PolicyExpert, Role.LegalCounsel, Role.Communications], random), random.Next(2) == 0 ? null : Any(_partners, random));

    private static Caller AnyCaller(Random random)
    {
        var roles = Some(Enum.GetValues<Role>().Where(r => r != Role.System).ToArray(), random).Take(2).ToHashSet();
        string[] regions = random.Next(4) == 0 ? ["*"] : Some(_regions[..4], random);
        return new Caller(
            Any(_people, random), ActorType.Specialist, roles, Some(Enum.GetValues<Function>()[..3], random).ToHashSet(), regions, (Tlp)random.Next(5),
            random.Next(2) == 0 ? null : Any(_partners, random));
    }

    private static T Any<T>(T[] of, Random random) => of[random.Next(of.Length)];

    private static T[] Some<T>(T[] of, Random random) => [.. of.Where(_ => random.Next(3) == 0)];
}
