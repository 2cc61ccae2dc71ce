using CrisisOps.Server.Streams;

namespace CrisisOps.Server.Reference.Routes;

/// <summary>What changed between two instants, of every kind of stream.</summary>
public sealed class DiffRoutes : IDescribesRoutes
{
    private const string Example = """
        {"key":"CR-2027-0007","from":"2027-05-15T14:03:30Z","to":"2027-05-15T14:10:00Z","clock":"recorded","streams":[
          {"stream":"CR-2027-0007","tlp":"AMBER","change":"Changed",
           "fields":[{"path":"state","before":"Proposed","after":"Active"},{"path":"codename","after":"HARBOUR"}],
           "sentences":[{"text":"State: Proposed → Active"},{"text":"3 escalations linked"},{"text":"HARBOUR declared, Level1","at":"2027-05-15T14:07:00Z","entryId":"CR-2027-0007@3"}]},
          {"stream":"ESC-2027-000101","tlp":"AMBER","change":"Appeared","fields":[{"path":"crisisKey","after":"CR-2027-0007"}],
           "sentences":[{"text":"State: Investigating → DecisionProposed"},{"text":"Linked to CR-2027-0007","at":"2027-05-15T14:08:00Z","entryId":"ESC-2027-000101@6"}]}],
         "more":false}
        """;

    public static IEnumerable<RouteDescription> Routes { get; } =
    [
        .. StreamKinds.Discover().Select(kind => new RouteDescription(HttpMethod.Get, $"/v1/{kind.Plural}/{{key}}/diff", "Timelines", $"Says what changed between two instants ({kind.Plural})", Example)
        {
            Description = "After `from` and up to `to`, both needed, over the stream and everything linked to it at either of them, as far as you may see it now: the fields of the view that you read, and what the timeline tells you of that time. A field without `before` is new, one without `after` is gone. `more`: there are more sentences on the timeline.",
            Takes = ["from", "to", "clock"],
            Problems = [401, 404, 422, 503],
        }),
    ];
}
