using System.Net.Sockets;
using CrisisOps.Server.Tests.Harness;
using Npgsql;
using Shouldly;

namespace CrisisOps.Server.Tests.Hosting;

/// <summary>A PostgreSQL of the same machine may be reached through its socket, whose folder stands for the host.</summary>
public sealed class SocketStoreTests(TestPostgres postgres)
{
    [Fact]
    public async Task A_store_behind_a_socket_of_the_machine_is_opened_and_written()
    {
        await using var database = await postgres.CreateDatabase();
        await using var socket = new SocketOf(new NpgsqlConnectionStringBuilder(database.ConnectionString));

        await using var node = await TestNode.Start(socket.ConnectionString);

        var key = await (await node.As("spec-77")).Raised();
        (await database.Scalar<long>("select count(*) from crisis.timeline where stream = $1", key)).ShouldBe(1);
    }

    /// <summary>PostgreSQL's socket in a folder: hands on to where the test's PostgreSQL listens.</summary>
    private sealed class SocketOf : IAsyncDisposable
    {
        private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("pg");
        private readonly CancellationTokenSource _stopping = new();
        private readonly Socket _listener = new(AddressFamily.Unix, SocketType.Stream, ProtocolType.Unspecified);
        private readonly NpgsqlConnectionStringBuilder _target;
        private readonly Task _accepting;

        public SocketOf(NpgsqlConnectionStringBuilder target)
        {
            _target = target;
            _listener.Bind(new UnixDomainSocketEndPoint(Path.Combine(_folder.FullName, ".s.PGSQL.5432")));
            _listener.Listen();
            _accepting = Accept();
        }

        public string ConnectionString => new NpgsqlConnectionStringBuilder(_target.ConnectionString) { Host = _folder.FullName, Port = 5432 }.ConnectionString;

        public async ValueTask DisposeAsync()
        {
            await _stopping.CancelAsync();
            _listener.Dispose();
            await _accepting;
            _stopping.Dispose();
            _folder.Delete(recursive: true);
        }

        private async Task Accept()
        {
            List<Task> relays = [];
            try
            {
                while (true)
                {
                    relays.Add(Relay(await _listener.AcceptAsync(_stopping.Token)));
                }
            }
            catch (OperationCanceledException)
            {
                await Task.WhenAll(relays);
            }
        }

        private async Task Relay(Socket near)
        {
            await using var one = new NetworkStream(near, ownsSocket: true);
            using var far = new TcpClient(_target.Host!, _target.Port);
            await Task.WhenAny(one.CopyToAsync(far.GetStream(), _stopping.Token), far.GetStream().CopyToAsync(one, _stopping.Token));
        }
    }
}
