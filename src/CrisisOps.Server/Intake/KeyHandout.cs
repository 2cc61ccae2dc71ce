using System.Text.Json.Nodes;
using CrisisOps.Domain.Intake;
using CrisisOps.Server.Hosting;
using CrisisOps.Server.Streams;

namespace CrisisOps.Server.Intake;

/// <summary>
/// Makes a key, gives a command with its hash, and shows the key in the answer, once: it is in no event, no log and no stored answer. So a repeat
/// with the same idempotency key is answered without it.
/// </summary>
public sealed class KeyHandout(StreamLoader loader)
{
    /// <param name="give">Gives the command with this hash.</param>
    public async Task<Reply> Give(HttpContext http, string source, Func<string, Task<Reply>> give)
    {
        var key = ApiKey.Make();
        var hash = ApiKey.Hash(key);
        var reply = await give(hash);
        if (reply is not Reply.Done { Tried.Count: 0 } done)
        {
            return reply;
        }

        // Whoever hangs up now has issued a key all the same, and revokes it.
        var issued = ((AlertSource)(await loader.Load([source], CancellationToken.None))[source].State).Keys.Exists(k => k.Hash == hash);
        var answer = JsonNode.Parse(done.Answer)!.AsObject();
        answer[issued ? "apiKey" : "note"] = issued ? key : "The key was shown in the first answer and is stored nowhere. If it is lost, revoke it and issue another one.";
        http.Response.Headers.CacheControl = "no-store";
        return done with { Answer = answer.ToJsonString(Json.Stored) };
    }
}
