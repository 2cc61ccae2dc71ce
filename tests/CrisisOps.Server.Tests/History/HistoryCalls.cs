using System.Text;
using CrisisOps.Proof;
using CrisisOps.Proof.Bundles;
using CrisisOps.Server.Tests.Harness;
using Shouldly;

namespace CrisisOps.Server.Tests.History;

/// <summary>Bundles as somebody gets and verifies them.</summary>
internal static class HistoryCalls
{
    public static async Task<byte[]> Export(this Api api, string crisis)
    {
        using var response = await api.Http.GetAsync(new Uri($"/v1/crises/{crisis}/export", UriKind.Relative), TestContext.Current.CancellationToken);
        var bytes = await response.Content.ReadAsByteArrayAsync(TestContext.Current.CancellationToken);
        response.StatusCode.ShouldBe(System.Net.HttpStatusCode.OK, Encoding.UTF8.GetString(bytes));
        response.Content.Headers.ContentType!.MediaType.ShouldBe("application/x-ndjson");
        return bytes;
    }

    public static Verification Verify(this byte[] bundle, PublicKeys? keys = null, AnchoredHeads? anchored = null) => new BundleVerifier(keys, anchored).Verify(new MemoryStream(bundle));

    /// <summary>What is wrong with a bundle, in one text.</summary>
    public static string Fault(this byte[] bundle, PublicKeys? keys = null, AnchoredHeads? anchored = null)
    {
        var fault = bundle.Verify(keys, anchored).Fault.ShouldNotBeNull("a fault");
        return $"{fault.Part}: {fault.Why}";
    }

    public static BundleFacts ShouldBeProven(this byte[] bundle, PublicKeys? keys = null, AnchoredHeads? anchored = null)
    {
        var verification = bundle.Verify(keys, anchored);
        verification.Fault.ShouldBeNull($"{verification.Fault?.Line}: {verification.Fault?.Part}: {verification.Fault?.Why}");
        return verification.Facts;
    }

    public static string Text(this byte[] bundle) => Encoding.UTF8.GetString(bundle);

    public static string[] Lines(this byte[] bundle) => bundle.Text().TrimEnd('\n').Split('\n');

    /// <summary>The line of an event.</summary>
    public static string Event(this byte[] bundle, string stream, long version) => bundle.Lines().Single(l => l.StartsWith("{\"kind\":\"event\"", StringComparison.Ordinal) && l.Contains($"\"stream\":\"{stream}\",\"version\":{version},", StringComparison.Ordinal));

    public static async Task<PublicKeys> HistoryKeys(this Api api) => PublicKeys.Read((await api.Get("/v1/history/keys")).ShouldBe(200).Text).ShouldNotBeNull();

    /// <summary>Waits until every event of the store is a leaf.</summary>
    public static Task Chained(this TestDatabase database) => Eventually.Is(
        async () => await database.Scalar<bool>("select (select count(*) from crisis.mt_events where type <> 'tombstone') = (select count(*) from crisis.history_leaves)"), "every event is chained");

    /// <summary>Every stream is chained by version without a hole, positions have no hole either, and each event is there once.</summary>
    public static async Task ShouldBeChainedRight(this TestDatabase database)
    {
        await database.Chained();
        (await database.Scalar<long>("select count(*) from crisis.history_leaves l where not exists (select 1 from crisis.mt_events e where e.stream_id = l.stream and e.version = l.version)")).ShouldBe(0);
        (await database.Scalar<long>("select count(*) from crisis.history_leaves l join crisis.history_leaves b on b.stream = l.stream and b.version = l.version - 1 where b.position >= l.position")).ShouldBe(0);
        var size = await database.Scalar<long>("select size from crisis.history");
        (await database.Scalar<long>("select count(*) from crisis.history_leaves")).ShouldBe(size);
        (await database.Scalar<long>("select coalesce(max(position), -1) + 1 from crisis.history_leaves")).ShouldBe(size);
    }
}
