namespace CrisisOps.Server.Tests.Harness;

/// <summary>Class fixture: a database of the class's own and a server on it. Derive from it to change the clock or the settings.</summary>
public class TestServer(TestPostgres postgres) : IAsyncLifetime
{
    private readonly List<TestNode> _others = [];
    private TestDatabase? _database;
    private TestNode? _node;

    public TestDatabase Database => _database!;

    public TestNode Node => _node!;

    public RecordedLog Log => Node.Log;

    protected virtual NodeOptions Options => new();

    public virtual async ValueTask InitializeAsync()
    {
        _database = await postgres.CreateDatabase();
        _node = await TestNode.Start(_database.ConnectionString, Options);
    }

    /// <summary>A caller with a development token; without roles a specialist.</summary>
    public Task<Api> As(
        string subject, string[]? roles = null, string[]? regions = null, string? clearance = null, string[]? functions = null, string? partner = null) =>
        Node.As(subject, roles, regions, clearance, functions, partner);

    /// <summary>A further node on the same database; stopped with the fixture at the latest.</summary>
    public async Task<TestNode> StartAnotherNode()
    {
        var node = await TestNode.Start(Database.ConnectionString, Options);
        _others.Add(node);
        return node;
    }

    public virtual async ValueTask DisposeAsync()
    {
        foreach (var node in _others)
        {
            await node.DisposeAsync();
        }

        if (_node is not null)
        {
            await _node.DisposeAsync();
        }

        if (_database is not null)
        {
            await _database.DisposeAsync();
        }

        GC.SuppressFinalize(this);
    }
}
