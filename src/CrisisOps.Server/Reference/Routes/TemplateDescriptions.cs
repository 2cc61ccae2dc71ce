using CrisisOps.Server.Telling;

namespace CrisisOps.Server.Reference.Routes;

/// <summary>The texts of messages.</summary>
public sealed class TemplateDescriptions : IDescribesRoutes
{
    private const string Tag = "Templates";

    private const string Template = """
        {"kind":"AllClear","audience":"Executive","channel":"any","language":"en","own":true,"variables":["at","body","headline","incident","tlp"],"text":"{incident} is over\nIt is over: {headline}\n{body}"}
        """;

    public static IEnumerable<RouteDescription> Routes { get; } =
    [
        new(HttpMethod.Get, "/v1/templates", Tag, "Lists the texts that go out", $$"""{"items":[{{Template}}]}""")
        {
            Description = "For the team. `own` ones were written here; the others came with the program. `variables` is what a text may name.",
            Takes = ["deliveryKind"],
            Problems = [401, 403, 422, 503],
        },
        new(HttpMethod.Put, "/v1/templates", Tag, "Writes a text of your own", Template)
        {
            Description = "By communications and admins. `any` stands for every audience or channel that has no text of its own; the language of the reader goes before everything else. The first line is the subject; variables stand in braces; a line whose variables are all empty is left out; a text that names a variable which does not exist is refused. Without `text` it goes back to the one that came with the program.",
            Body = (typeof(TemplateRequest), """{"kind":"AllClear","audience":"Executive","text":"{incident} is over\nIt is over: {headline}\n{body}"}"""),
            Problems = [400, 401, 403, 404, 413, 415, 422, 503],
        },
    ];
}
