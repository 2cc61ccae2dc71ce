using CrisisOps.Server.Tests.Harness;
using Shouldly;

namespace CrisisOps.Server.Tests.Problems;

/// <summary>A server with one escalation, for requests that must leave no trace.</summary>
public sealed class Untouched(TestPostgres postgres) : TestServer(postgres)
{
    private string? _key;

    /// <summary>There once the key was asked for.</summary>
    public Api Specialist { get; private set; } = null!;

    public async Task<string> Key()
    {
        Specialist ??= await As("spec-04");
        return _key ??= await Specialist.Raised();
    }

    /// <summary>Does something and looks that no row was written.</summary>
    public async Task<Answer> WritesNothing(Func<string, Task<Answer>> request)
    {
        var key = await Key();
        var before = await Database.Everything();
        var answer = await request(key);
        (await Database.Everything()).ShouldBe(before);
        return answer;
    }
}
