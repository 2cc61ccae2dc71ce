using CrisisOps.Server.Access;
using CrisisOps.Server.Development;

namespace CrisisOps.Server.Reference.Routes;

/// <summary>What exists in Development only; the document of any other server does not have it.</summary>
public sealed class DevelopmentRoutes : IDescribesRoutes
{
    private const string Tag = "Development";
    private const string Clock = """{"now":"2027-05-15T14:02:00Z","offset":"171.13:37:00"}""";

    private static readonly int[] _writing = [400, 415, 422, 503];

    public static IEnumerable<RouteDescription> Routes { get; } =
    [
        new(HttpMethod.Post, "/dev/tokens", Tag, "Gives a token to try things out", """{"token":"eyJhbGciOiJIUzI1NiJ9…","expiresIn":43200}""")
        {
            Body = (typeof(TokenRequest), """{"subject":"spec-04","roles":["specialist"],"regions":["XN"],"clearance":"AMBER"}"""),
            Anonymous = true,
            Problems = [400, 415, 422],
        },
        new(HttpMethod.Get, "/dev/clock", Tag, "Shows the clock of the store", Clock) { Anonymous = true, Problems = [404, 503] },
        new(HttpMethod.Post, "/dev/clock", Tag, "Moves the clock of the store forward", Clock)
        {
            Description = "Answers when every deadline due by then has fired.",
            Body = (typeof(ClockRequest), """{"now":"2027-05-15T14:02:00Z"}"""),
            Anonymous = true,
            Problems = _writing,
        },
        new(HttpMethod.Post, "/dev/keys", Tag, "Says which number the next stream gets", """{"prefix":"ESC-2027","next":101}""")
        {
            Body = (typeof(KeysRequest), """{"prefix":"ESC-2027","next":101}"""),
            Anonymous = true,
            Problems = _writing,
        },
    ];
}
