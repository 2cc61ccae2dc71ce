using System.Text.Json;
using System.Text.Json.Nodes;
using CrisisOps.Server.Hosting;
using CrisisOps.Server.Reference;
using CrisisOps.Server.Streams;
using CrisisOps.Server.Tests.Harness;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.OpenApi;
using Microsoft.OpenApi.Reader;
using Shouldly;

namespace CrisisOps.Server.Tests.Reference;

public sealed class ReferenceTests(TestServer server) : IClassFixture<TestServer>
{
    [Fact]
    public async Task The_document_is_valid_OpenApi_3_1_and_needs_no_token()
    {
        var answer = (await server.Node.With(null).Get("/openapi/v1.json")).ShouldBe(200);

        var read = OpenApiDocument.Parse(answer.Text, "json", new OpenApiReaderSettings());

        answer.Json.GetProperty("openapi").GetString()!.ShouldStartWith("3.1");
        read.Diagnostic!.SpecificationVersion.ShouldBe(OpenApiSpecVersion.OpenApi3_1);
        read.Diagnostic.Errors.ShouldBeEmpty();
        read.Diagnostic.Warnings.ShouldBeEmpty();
    }

    [Fact]
    public async Task Every_reference_within_it_leads_somewhere()
    {
        var document = (await Document()).AsObject();

        foreach (var reference in References(document))
        {
            JsonNode? target = document;
            foreach (var part in reference.TrimStart('#', '/').Split('/'))
            {
                target = target?[part];
            }

            target.ShouldNotBeNull(reference);
        }
    }

    [Fact]
    public async Task Every_route_of_the_api_is_in_it_and_nothing_else()
    {
        var described = (await Operations()).Select(o => $"{o.Method} {o.Path}");
        var mapped = server.Node.Services.GetServices<EndpointDataSource>().SelectMany(s => s.Endpoints).OfType<RouteEndpoint>()
            .Where(e => e.RoutePattern.RawText!.Split('/')[1] is "v1" or "v2" or "dev" && e.Metadata.GetMetadata<IExcludeFromDescriptionMetadata>() is null)
            .SelectMany(e => e.Metadata.GetMetadata<IHttpMethodMetadata>()!.HttpMethods.Select(m => $"{m} {e.RoutePattern.RawText!.Replace("{**", "{", StringComparison.Ordinal)}"));

        described.Order().ShouldBe(mapped.Distinct().Order());
    }

    [Fact]
    public async Task Every_operation_says_what_it_does_with_an_example_and_its_problems()
    {
        var described = RouteDescription.Discover().ToDictionary(r => $"{r.Method} {r.Path}", r => r.MediaType);
        foreach (var (method, path, operation) in await Operations())
        {
            var name = $"{method} {path}";
            operation["summary"]!.GetValue<string>().Length.ShouldBeInRange(10, 200, name);
            var responses = operation["responses"]!.AsObject();
            responses.Count(r => r.Key[0] is '4' or '5').ShouldBeGreaterThan(1, name);
            foreach (var answer in responses.Where(r => r.Key[0] == '2' && r.Key != "204").Select(r => r.Value!["content"]!.AsObject().Single()))
            {
                answer.Value!["example"].ShouldNotBeNull(name);
                answer.Key.ShouldBe(path.Split('/')[^1] is "live" or "replay" ? "text/event-stream" : described.GetValueOrDefault(name) ?? "application/json", name);
            }

            foreach (var body in operation["requestBody"]?["content"]!.AsObject().Select(b => b.Value!) ?? [])
            {
                body["example"].ShouldNotBeNull(name);
                body["schema"].ShouldNotBeNull(name);
            }
        }
    }

    [Fact]
    public async Task Operations_have_ids_of_their_own()
    {
        var ids = (await Operations()).Select(o => o.Operation["operationId"]!.GetValue<string>()).ToArray();

        ids.ShouldBeUnique();
    }

    [Fact]
    public void Every_example_of_a_command_has_the_shape_that_its_endpoint_asks_for()
    {
        var http = new DefaultHttpContext { RequestServices = server.Node.Services };
        foreach (var entry in server.Node.Services.GetRequiredService<CommandCatalog>().All.Where(e => !e.TimerOnly))
        {
            var example = CommandOperation.Example(entry).ShouldNotBeNull(entry.Name);

            entry.Check(JsonSerializer.SerializeToElement(example), http)?.Detail.ShouldBeNull(entry.Name);
            entry.Needs.ShouldBeSubsetOf(example.AsObject().Select(m => m.Key), entry.Name);
        }
    }

    [Fact]
    public async Task The_schema_of_a_command_requires_what_its_endpoint_requires()
    {
        var schemas = (await Document())["components"]!["schemas"]!;
        foreach (var entry in server.Node.Services.GetRequiredService<CommandCatalog>().All.Where(e => !e.TimerOnly))
        {
            var schema = schemas[entry.CommandType.Name]!;

            (schema["required"]?.AsArray().Select(n => n!.GetValue<string>()) ?? []).ShouldBe(entry.Needs, ignoreOrder: true, entry.Name);
            schema["additionalProperties"]!.GetValue<bool>().ShouldBeFalse(entry.Name);
        }
    }

    [Fact]
    public void Every_example_of_another_body_is_read_by_its_endpoint()
    {
        foreach (var route in RouteDescription.Discover().Where(r => r.Body is not null))
        {
            Should.NotThrow(() => JsonSerializer.Deserialize(route.Body!.Value.Example, route.Body.Value.Type, Json.Strict), route.Path).ShouldNotBeNull();
        }
    }

    [Fact]
    public async Task Every_documented_query_parameter_is_known_to_its_route()
    {
        var lead = await server.As("lead-01", ["duty-lead"], clearance: "RED");
        var key = await lead.Raised();
        var document = await Document();
        foreach (var (_, path, operation) in (await Operations()).Where(o => o.Method == "GET" && !o.Path.EndsWith("/live", StringComparison.Ordinal)))
        {
            foreach (var parameter in (operation["parameters"]?.AsArray() ?? []).Select(p => document["components"]!["parameters"]![p!["$ref"]!.GetValue<string>().Split('/')[^1]]!).Where(p => p["in"]!.GetValue<string>() == "query"))
            {
                var answer = await lead.Get($"{path.Replace("{key}", key, StringComparison.Ordinal)}?{parameter["name"]}=%20");

                answer.Text.ShouldNotContain("There is no such parameter", Case.Sensitive, $"{path} {parameter["name"]}");
            }
        }
    }

    [Fact]
    public async Task The_page_shows_the_document_with_a_script_of_this_server()
    {
        var anybody = server.Node.With(null);

        var page = (await anybody.Get("/reference/")).ShouldBe(200);
        var script = (await anybody.Get("/reference/scalar.js")).ShouldBe(200);

        page.Headers["Content-Security-Policy"].Single().ShouldContain("connect-src 'self'");
        (await anybody.Get("/openapi/v1.json")).Text.ShouldNotContain("§"); // paragraphs of a description that its reader does not have
        page.Text.ShouldContain("openapi/v1.json");
        page.Text.ShouldNotContain("http://");
        page.Text.ShouldNotContain("https://");
        script.Text.Length.ShouldBeGreaterThan(100_000);
    }

    private async Task<JsonNode> Document() => JsonNode.Parse((await server.Node.With(null).Get("/openapi/v1.json")).Text)!;

    private async Task<IReadOnlyList<(string Method, string Path, JsonNode Operation)>> Operations() =>
    [
        .. (await Document())["paths"]!.AsObject().SelectMany(path => path.Value!.AsObject().Select(operation => (operation.Key.ToUpperInvariant(), path.Key, operation.Value!))),
    ];

    private static IEnumerable<string> References(JsonNode? node) => node switch
    {
        JsonObject members => members.SelectMany(m => m.Key == "$ref" ? [m.Value!.GetValue<string>()] : References(m.Value)),
        JsonArray items => items.SelectMany(References),
        _ => [],
    };
}
