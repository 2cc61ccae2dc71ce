using System.Net.Http.Headers;
using System.Net.Http.Json;
using System.Text.Json;

namespace CrisisOps.Server.Tests.Harness;

/// <summary>What a token is to say; absent means: specialist, every region, the server's own default clearance.</summary>
public sealed record TokenWish(string Subject, string[]? Roles, string[]? Regions, string? Clearance, string[]? Functions, string? Partner);

/// <summary>Gets development tokens from a server and makes callers of them.</summary>
public sealed class TokenDesk(SocketsHttpHandler connections, Func<Uri> url)
{
    public async Task<Api> Issue(TokenWish wish)
    {
        using var client = Client(null);
        var response = await client.PostAsJsonAsync("/dev/tokens", new
        {
            subject = wish.Subject,
            roles = wish.Roles ?? ["specialist"],
            regions = wish.Regions,
            clearance = wish.Clearance,
            functions = wish.Functions,
            partner = wish.Partner,
        });
        response.EnsureSuccessStatusCode();
        var answer = await response.Content.ReadFromJsonAsync<JsonElement>();
        return With(answer.GetProperty("token").GetString());
    }

    public Api With(string? token) => new(Client(token), token);

    private HttpClient Client(string? token)
    {
        var client = new HttpClient(connections, disposeHandler: false) { BaseAddress = url(), Timeout = TimeSpan.FromSeconds(30) };
        if (token is not null)
        {
            client.DefaultRequestHeaders.Authorization = new AuthenticationHeaderValue("Bearer", token);
        }

        return client;
    }
}
