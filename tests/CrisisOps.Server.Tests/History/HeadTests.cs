using System.Text.Json;
using CrisisOps.Proof;
using CrisisOps.Proof.Bundles;
using CrisisOps.Server.History;
using CrisisOps.Server.Hosting;
using CrisisOps.Server.Tests.Deadlines;
using CrisisOps.Server.Tests.Harness;
using Microsoft.Extensions.DependencyInjection;
using Npgsql;
using Shouldly;

namespace CrisisOps.Server.Tests.History;

/// <summary>Signed heads, the keys that signed them, and proofs of single events.</summary>
public sealed class HeadTests(SigningServer server) : IClassFixture<SigningServer>
{
    [Fact]
    public async Task Heads_are_signed_by_and_by_and_each_goes_on_from_the_one_before()
    {
        var specialist = await server.As("spec-04");
        var first = await HeadAfter(specialist, await specialist.Raised());
        var second = await HeadAfter(specialist, await specialist.Raised());

        var proof = (await specialist.Get($"/v1/history/consistency?from={first.Size}&to={second.Size}")).ShouldBe(200).Json.GetProperty("proof").Deserialize<Digest[]>(LineJson.Options)!;
        TreeProof.Continues(first.Size, first.Root, second.Size, second.Root, proof).ShouldBeTrue();
        var keys = await specialist.HistoryKeys();
        first.SignedBy(keys).ShouldBeTrue();
        (second with { Size = second.Size + 1 }).SignedBy(keys).ShouldBeFalse();
        (await specialist.Get("/v1/history/heads?limit=1")).ShouldBe(200).Json.GetProperty("next").GetString().ShouldNotBeNull();
    }

    [Fact]
    public async Task Every_page_of_heads_goes_on_from_the_one_before_it()
    {
        var specialist = await server.As("spec-04");
        for (var i = 0; i < 3; i++)
        {
            await HeadAfter(specialist, await specialist.Raised());
        }

        List<long> sizes = [];
        for (var cursor = ""; cursor is not null;)
        {
            var page = (await specialist.Get($"/v1/history/heads?limit=2{cursor}")).ShouldBe(200).Json;
            sizes.AddRange(page.GetProperty("items").EnumerateArray().Select(h => h.GetProperty("size").GetInt64()));
            cursor = page.GetProperty("next").GetString() is { } next ? $"&cursor={next}" : null;
        }

        sizes.Count.ShouldBeGreaterThanOrEqualTo(3);
        sizes.ShouldBe(sizes.Distinct().Order());
    }

    [Fact]
    public async Task Nothing_is_signed_when_nothing_has_happened()
    {
        var specialist = await server.As("spec-04");
        var head = await HeadAfter(specialist, await specialist.Raised());
        await server.Database.RulesHeard();
        await server.Database.Chained();
        await HeadOver(specialist, await server.Database.Scalar<long>("select size from crisis.history"));
        var heads = await server.Database.Scalar<long>("select count(*) from crisis.history_heads");

        await specialist.Pass(TimeSpan.FromSeconds(5));
        await HeadAfter(specialist, await specialist.Raised());

        // Between the two nothing came, and no head with it.
        (await server.Database.Scalar<long>("select count(*) from crisis.history_heads where size > $1", head.Size)).ShouldBeLessThanOrEqualTo(await server.Database.Scalar<long>("select count(*) from crisis.history_leaves where position >= $1", head.Size));
        (await server.Database.Scalar<long>("select count(*) from crisis.history_heads")).ShouldBeGreaterThan(heads);
    }

    [Fact]
    public async Task A_clock_that_was_put_back_neither_stops_the_heads_nor_makes_two_of_one_instant()
    {
        var specialist = await server.As("spec-04");
        var before = await HeadAfter(specialist, await specialist.Raised());
        var key = await specialist.Raised();
        await server.Database.RulesHeard();
        await server.Database.Chained();
        var services = server.Node.Services;
        var heads = ActivatorUtilities.CreateInstance<Heads>(services, new YearsAgo());
        List<SignedHead> made = [];

        await using (await ClusterTurn.Next(services.GetRequiredService<NpgsqlDataSource>(), ClusterTurn.History, TestContext.Current.CancellationToken))
        {
            var last = await heads.Latest(TestContext.Current.CancellationToken);
            (await specialist.Note(key, "one more")).ShouldBeDone();
            await services.GetRequiredService<Chain>().CatchUp([key], TestContext.Current.CancellationToken);
            await heads.MakeIfDue(TestContext.Current.CancellationToken);
            made.AddRange([last!, (await heads.Latest(TestContext.Current.CancellationToken))!]);
        }

        made[1].Size.ShouldBeGreaterThan(made[0].Size);
        made[0].Size.ShouldBeGreaterThanOrEqualTo(before.Size);
        string.CompareOrdinal(made[1].At, made[0].At).ShouldBeGreaterThan(0);
    }

    [Fact]
    public async Task A_head_that_was_begun_and_never_signed_changes_neither_the_last_one_nor_the_next()
    {
        var cancellation = TestContext.Current.CancellationToken;
        var specialist = await server.As("spec-04");
        string[] keys = [await specialist.Raised(), await specialist.Raised()];
        await server.Database.RulesHeard();
        var (heads, buckets, chain) = (server.Node.Services.GetRequiredService<Heads>(), server.Node.Services.GetRequiredService<TipBuckets>(), server.Node.Services.GetRequiredService<Chain>());
        await using var turn = await ClusterTurn.Next(server.Node.Services.GetRequiredService<NpgsqlDataSource>(), ClusterTurn.History, cancellation);
        await chain.CatchUp(keys, cancellation);
        var last = (await heads.Make(cancellation))!;

        (await specialist.Note(keys[0], "of a head that is never signed")).ShouldBeDone();
        await chain.CatchUp(keys, cancellation);
        await buckets.Renew(last.Size, await server.Database.Scalar<long>("select size from crisis.history"), leisure: null, cancellation);
        TipsMap.Root(TipsMap.Levels(await buckets.At(last.Size, cancellation))).ShouldBe(last.Tips);

        (await specialist.Note(keys[1], "of the next one")).ShouldBeDone();
        await chain.CatchUp(keys, cancellation);
        var next = (await heads.Make(cancellation))!;
        foreach (var tip in await heads.Tips(keys, cancellation))
        {
            var bucket = TipsMap.BucketHash([.. tip.Bucket.Select(entry => new TipEntry(entry[0], entry[1]))]);
            TipsMap.Root(TipsMap.BucketOf(TipsMap.IdOf(tip.Stream)), bucket, tip.Siblings).ShouldBe(next.Tips);
        }

        var all = await buckets.Tips([.. Enumerable.Range(0, TipsMap.Buckets)], cancellation);
        TipsMap.Root(TipsMap.Levels(all.GroupBy(tip => tip.Bucket).ToDictionary(group => group.Key, group => TipsMap.BucketHash(TipBuckets.Entries(group))))).ShouldBe(next.Tips);
    }

    private sealed class YearsAgo : TimeProvider
    {
        public override DateTimeOffset GetUtcNow() => new(2001, 1, 1, 0, 0, 0, TimeSpan.Zero);
    }

    [Fact]
    public async Task An_event_is_proven_to_stand_in_the_history()
    {
        var specialist = await server.As("spec-04");
        var key = await specialist.Raised();
        await HeadAfter(specialist, key);

        var proof = (await specialist.Get($"/v1/history/proof?stream={key}&version=1")).ShouldBe(200).Json.Deserialize<CrisisOps.Server.History.InclusionProof>(LineJson.Options)!;

        TreeProof.Includes(proof.Leaf, proof.Position, proof.Head.Size, proof.Head.Root, proof.Proof).ShouldBeTrue();
        proof.Head.SignedBy(await specialist.HistoryKeys()).ShouldBeTrue();
    }

    [Fact]
    public async Task What_can_not_be_proven_or_may_not_be_known_is_not_found()
    {
        var specialist = await server.As("spec-04");
        var key = await specialist.Raised();
        await HeadAfter(specialist, key);

        (await specialist.Get($"/v1/history/proof?stream={key}&version=99")).ShouldBeProblem(404, "not-found");
        (await specialist.Get("/v1/history/proof?stream=ESC-2027-999999&version=1")).ShouldBeProblem(404, "not-found");
        (await specialist.Get("/v1/history/proof?stream=nothing&version=1")).ShouldBeProblem(404, "not-found");
        (await (await server.As("outsider", regions: ["XQ"])).Get($"/v1/history/proof?stream={key}&version=1")).ShouldBeProblem(404, "not-found");
        (await specialist.Get($"/v1/history/proof?stream={key}")).ShouldBeProblem(422, "validation", member: "version");
        (await specialist.Get("/v1/history/proof?version=1")).ShouldBeProblem(422, "validation", member: "stream");
        (await specialist.Get("/v1/history/proof?stream=x&version=0")).ShouldBeProblem(422, "validation", member: "version");
        (await specialist.Get("/v1/history/consistency?from=1&to=99999999")).ShouldBeProblem(404, "not-found");
        (await specialist.Get("/v1/history/consistency?from=5&to=1")).ShouldBeProblem(422, "validation", member: "to");
        (await specialist.Get("/v1/history/consistency?to=1")).ShouldBeProblem(422, "validation", member: "from");
        (await specialist.Get("/v1/history/heads?cursor=x")).ShouldBeProblem(422, "validation", member: "cursor");
        (await specialist.Get("/v1/history/keys?limit=1")).ShouldBeProblem(422, "validation", member: "limit");
        (await server.Node.With(null).Get("/v1/history/heads/latest")).ShouldBeProblem(401, "unauthenticated");
        (await specialist.Get("/v1/history/anchors")).ShouldBeProblem(403, "forbidden");
        var partner = await server.As("partner", roles: ["partner"], partner: "PRT-001");
        foreach (var path in (string[])["heads", "heads/latest", "consistency?from=1&to=1"])
        {
            (await partner.Get($"/v1/history/{path}")).ShouldBeProblem(403, "forbidden");
        }

        (await partner.Get("/v1/history/keys")).ShouldBe(200);
    }

    /// <summary>The first head that holds all of a stream.</summary>
    private async Task<SignedHead> HeadAfter(Api caller, string key)
    {
        await Eventually.Is(async () => await server.Database.Scalar<long>("select count(*) from crisis.history_leaves where stream = $1", key) > 0, "it is chained");
        return await HeadOver(caller, await server.Database.Scalar<long>("select max(position) + 1 from crisis.history_leaves where stream = $1", key));
    }

    private static async Task<SignedHead> HeadOver(Api caller, long size)
    {
        SignedHead? head = null;
        await Eventually.Is(
            async () =>
            {
                await caller.Pass(TimeSpan.FromSeconds(1));
                head = (await caller.Get("/v1/history/heads/latest")) is { Ok: true } answer ? answer.Json.Deserialize<SignedHead>(LineJson.Options) : null;
                return head?.Size >= size;
            },
            "a head is signed over it");
        return head!;
    }
}
