using CrisisOps.Server.Access;

namespace CrisisOps.Server.Reference.Routes;

/// <summary>People, duty and facts.</summary>
public sealed class DirectoryRoutes : IDescribesRoutes
{
    private const string Tag = "People and duty";
    private const string Keepers = "Kept by admins and duty leads.";
    private const string Duty = """{"function":"Legal","region":"XN","person":"legal-01","channels":["tel"],"until":"2027-05-16T06:00:00Z"}""";
    private const string Fact = """{"kind":"statement-of-reasons","id":"ESC-2027-000101","value":"sent"}""";

    private const string Person = """
        {"id":"spec-04","roles":["specialist"],"functions":[],"regions":["XN"],"clearance":"AMBER","clearedAreas":["ViolenceAndIncitement"],
         "acknowledgedAreas":["ViolenceAndIncitement"],"onShiftUntil":"2027-05-15T22:00:00Z","shift":"SHIFT-2027-05-15-L"}
        """;

    private static readonly int[] _reading = [401, 403, 404, 503];
    private static readonly int[] _writing = [400, 401, 403, 413, 415, 422, 503];

    public static IEnumerable<RouteDescription> Routes { get; } =
    [
        new(HttpMethod.Get, "/v1/directory/people/{id}", Tag, "Shows what is known of a person", Person) { Problems = _reading, Description = "For the team; partners and integrations are refused." },
        new(HttpMethod.Put, "/v1/directory/people/{id}", Tag, "Says what is known of a person", Person)
        {
            Description = $"{Keepers} Guards ask here who is on shift, cleared for a policy area and has acknowledged its updates. What is not said is unknown, and unknown means refused.",
            Body = (typeof(PersonRequest), Person.Replace("\"id\":\"spec-04\",", "", StringComparison.Ordinal)),
            Problems = _writing,
        },
        new(HttpMethod.Get, "/v1/directory/facts/{kind}/{id}", Tag, "Shows a fact of another system", Fact) { Problems = _reading },
        new(HttpMethod.Put, "/v1/directory/facts/{kind}/{id}", Tag, "States a fact of another system", Fact)
        {
            Description = $"{Keepers} Legal counsel too for a `legal-hold` on a case. For guards that ask about something which is not kept here.",
            Body = (typeof(FactRequest), """{"value":"sent"}"""),
            Problems = _writing,
        },
        new(HttpMethod.Get, "/v1/duty", Tag, "Shows who is on duty", $$"""{"items":[{{Duty}}]}""") { Problems = [401, 403, 503] },
        new(HttpMethod.Put, "/v1/duty/{function}/{region}", Tag, "Puts a person on duty", Duty)
        {
            Description = Keepers,
            Body = (typeof(DutyRequest), """{"person":"legal-01","channels":["tel"],"until":"2027-05-16T06:00:00Z"}"""),
            Problems = _writing,
        },
    ];
}
