namespace CrisisOps.Server.Reference.Routes;

/// <summary>Proving that the history was not rewritten.</summary>
public sealed class HistoryRoutes : IDescribesRoutes
{
    private const string Tag = "History";

    private const string Root = "5dc9da79a70659a9ad559cb701ded9a2ab9d823aad2f4960cfe370eff4604328";
    private const string Node = "96a296d224f285c67bee93c30f8a309157f0daa35dc5b87e410b78630a09cfc7";

    private const string Head = $$"""
        {"size":4711,"root":"{{Root}}","tips":"{{Node}}","at":"2027-05-15T14:20:00.000000Z","keyId":"21fe31dfa154a261","signature":"92a009a9f0d4cab8720e820b5f642540a2b27b5416503f8fb3762223ebdb69da085ac1e43e15996e458f3613d0f11d8c387b2eaeb4302aeeb00d291612bb0c00"}
        """;

    public static IEnumerable<RouteDescription> Routes { get; } =
    [
        new(HttpMethod.Get, "/v1/crises/{key}/export", Tag, "Exports a crisis: as a bundle that proves itself, or as one document for people", """
            {"kind":"header","n":1,"sha256":"4e3bbb1f7b478dcfe71fb631631519a3bca12c9aefca1612bfce4c13a86264d4","body":{"format":1,"crisis":"CR-2027-0007","exportedBy":"reviewer-01"}}
            """)
        {
            Description = "The bundle (ndjson) is for whoever reads the crisis as Core. One JSON object on a line: events as they are stored, with their place in the history; the timeline; deliveries; signed heads; and at the end a manifest, without which it was cut off. `crisisops verify` needs nothing else. As markdown, or as one page of html that loads and runs nothing, it is for everybody who may see the crisis: the facts with the entries they are computed from, the timeline, who was told, what was corrected, and the recommendations. For another `audience` it holds what that audience may read, of what you may read yourself: the core team makes it for any, everybody for the public, to whom goes only what was published.",
            Takes = ["exportFormat", "audience", "zone", "asOf"],
            Problems = [401, 403, 404, 422, 503],
            MediaType = "application/x-ndjson",
        },
        new(HttpMethod.Get, "/v1/history/keys", Tag, "Lists the public keys that have signed heads", """
            {"items":[{"id":"21fe31dfa154a261","algorithm":"Ed25519","publicKey":"11qYAYKxCrfVS/7TyWQHOg7hcvPapiMlrwIaaPcHURo=","pem":"-----BEGIN PUBLIC KEY-----\nMCowBQYDK2VwAyEA11qYAYKxCrfVS/7TyWQHOg7hcvPapiMlrwIaaPcHURo=\n-----END PUBLIC KEY-----\n","since":"2027-01-01T00:00:00Z","current":true}],"next":null}
            """)
        {
            Description = "Keep the answer somewhere else: it is the `--key` of `crisisops verify`.",
        },
        new(HttpMethod.Get, "/v1/history/heads", Tag, "Lists signed heads, the oldest first", $$"""{"items":[{{Head}}],"next":null}""")
        {
            Description = "How many events the history has, the root of the tree over them (RFC 9162), and the root over where each stream stands. One is signed each minute in which something happened.",
            Takes = ["cursor", "limit"],
            Problems = [401, 403, 422, 503],
        },
        new(HttpMethod.Get, "/v1/history/heads/latest", Tag, "Shows the newest signed head", Head) { Problems = [401, 403, 404, 422, 503] },
        new(HttpMethod.Get, "/v1/history/proof", Tag, "Proves that an event stands in the history", $$"""
            {"stream":"ESC-2027-000101","version":7,"position":4243,"leaf":"{{Node}}","head":{{Head}},"proof":["{{Node}}"]}
            """)
        {
            Description = "The inclusion proof of RFC 9162, section 2.1.3, at the newest head.",
            Takes = ["stream", "streamVersion"],
            Problems = [401, 404, 422, 503],
        },
        new(HttpMethod.Get, "/v1/history/consistency", Tag, "Proves that one head is the beginning of another", $$"""
            {"from":{{Head}},"to":{{Head}},"proof":["{{Node}}"]}
            """)
        {
            Description = "The consistency proof of RFC 9162, section 2.1.4.",
            Takes = ["fromSize", "toSize"],
            Problems = [401, 403, 404, 422, 503],
        },
        new(HttpMethod.Get, "/v1/history/anchors", Tag, "Shows how the anchors do, on the node that answers", """
            {"items":[{"kind":"file","name":"/var/lib/crisisops/heads.ndjson","size":4711,"failures":0},{"kind":"webhook","name":"https://anchor.example/heads","size":4650,"failures":3,"why":"timeout"}]}
            """)
        {
            Problems = [401, 403, 503],
        },
    ];
}
